//! The system-call fence: what no build, test or agent needs and every escape begins with.
use std::collections::BTreeMap;
use std::io;

use seccompiler::{
    SeccompAction, SeccompCmpArgLen::Dword, SeccompCmpArgLen::Qword, SeccompCmpOp,
    SeccompCondition, SeccompFilter, SeccompRule, TargetArch, apply_filter, sock_filter,
};
use serde::{Deserialize, Serialize};

use super::Metadata;
use super::calls::{self, Deny};

/// What depends on the other fences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Policy {
    /// Internet sockets are allowed: the network namespace holds only our forwarder.
    pub(crate) internet: bool,
    /// Other processes are visible and belong to the same user: no namespace hides them.
    pub(crate) shared_user: bool,
    /// Which changes of mode, owner, times and attributes stay: files outside the tree may belong
    /// to the same user, and no mount makes them read-only.
    pub(crate) metadata: Metadata,
    /// Nothing accounts for memory that is only written through a descriptor.
    pub(crate) unaccounted: bool,
}

/// A test of one argument of a call.
pub(crate) enum Test {
    /// These bits have this value.
    Bits(u8, u32, u32),
    /// The argument is another number.
    Not(u8, u32),
    /// The argument is this number.
    Is(u8, u32),
    /// The argument is this number or a greater one.
    AtLeast(u8, u64),
    /// The argument, a pointer, is given.
    Given(u8),
}

/// Restricts this thread and all it becomes.
pub(crate) fn restrict(policy: &Policy) -> io::Result<()> {
    for program in programs(policy)? {
        apply_filter(&program).map_err(|error| io::Error::other(format!("seccomp: {error}")))?;
    }
    Ok(())
}

/// One program per error number, and one for the numbers that we do not know.
fn programs(policy: &Policy) -> io::Result<Vec<Vec<sock_filter>>> {
    let mut by_errno: BTreeMap<u32, BTreeMap<i64, Vec<SeccompRule>>> = BTreeMap::new();
    let mut always: BTreeMap<u32, Vec<i64>> = BTreeMap::new();
    for Deny { call, errno, when } in calls::denied(policy) {
        let rules = by_errno.entry(errno).or_default().entry(call).or_default();
        if when.is_empty() {
            always.entry(errno).or_default().push(call);
        } else {
            rules.push(rule(&when)?);
        }
    }
    // To the compiler, a call without a rule is one that always matches.
    for (errno, calls) in always {
        let rules = by_errno.entry(errno).or_default();
        rules.extend(calls.into_iter().map(|call| (call, Vec::new())));
    }
    let arch = TargetArch::try_from(std::env::consts::ARCH).map_err(io::Error::other)?;
    let mut programs = vec![unknown_numbers()];
    for (errno, rules) in by_errno {
        let (miss, hit) = (SeccompAction::Allow, SeccompAction::Errno(errno));
        let filter = SeccompFilter::new(rules, miss, hit, arch).map_err(io::Error::other)?;
        programs.push(filter.try_into().map_err(io::Error::other)?);
    }
    Ok(programs)
}

fn rule(tests: &[Test]) -> io::Result<SeccompRule> {
    let conditions = tests.iter().map(|test| match *test {
        Test::Bits(arg, mask, value) => {
            SeccompCondition::new(arg, Dword, SeccompCmpOp::MaskedEq(mask.into()), value.into())
        }
        Test::Not(arg, value) => SeccompCondition::new(arg, Dword, SeccompCmpOp::Ne, value.into()),
        Test::Is(arg, value) => SeccompCondition::new(arg, Dword, SeccompCmpOp::Eq, value.into()),
        Test::AtLeast(arg, value) => SeccompCondition::new(arg, Qword, SeccompCmpOp::Ge, value),
        Test::Given(arg) => SeccompCondition::new(arg, Qword, SeccompCmpOp::Ne, 0),
    });
    let conditions = conditions.collect::<Result<Vec<_>, _>>().map_err(io::Error::other)?;
    SeccompRule::new(conditions).map_err(io::Error::other)
}

/// Calls newer than this list, and the second numbering of x86-64 (x32), do not exist.
///
/// The other programs compare numbers one by one, so that a call known to the kernel by a number
/// unknown to us would pass them.
fn unknown_numbers() -> Vec<sock_filter> {
    const LOAD: u16 = 0x20; // BPF_LD | BPF_W | BPF_ABS; offset 0 of seccomp_data is the number
    const AT_LEAST: u16 = 0x35; // BPF_JMP | BPF_JGE | BPF_K
    const RETURN: u16 = 0x06; // BPF_RET | BPF_K
    const ALLOW: u32 = 0x7fff_0000; // SECCOMP_RET_ALLOW
    const ERRNO: u32 = 0x0005_0000; // SECCOMP_RET_ERRNO
    let step = |code, jt, k| sock_filter { code, jt, jf: u8::from(code == AT_LEAST), k };
    vec![
        step(LOAD, 0, 0),
        step(AT_LEAST, 0, calls::FIRST_UNKNOWN),
        step(RETURN, 0, ERRNO | calls::ENOSYS),
        step(RETURN, 0, ALLOW),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_compiles() {
        let every = [Metadata::Refused, Metadata::Opened, Metadata::Any];
        for (bits, metadata) in (0..8_u8).flat_map(|bits| every.map(|metadata| (bits, metadata))) {
            let on = |bit: u8| bits & bit != 0;
            let policy =
                Policy { internet: on(1), shared_user: on(2), metadata, unaccounted: on(4) };
            let programs = programs(&policy).expect("a program");
            assert!(programs.iter().all(|program| (4..4096).contains(&program.len())));
        }
    }
}
