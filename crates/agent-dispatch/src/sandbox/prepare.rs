//! Everything that must stand before the command starts, and fall after it ended.
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::cgroup::Group;
use super::devices::Devices;
use super::identity::{self, Identity, Lent};
use super::launcher::Stop;
use super::parent::Order;
use super::private::Private;
use super::stage::{Enter, Inner};
use super::{Kind, Metadata, Spec, bubblewrap, home, kin, landlock, seccomp, sweep, system};

#[cfg(feature = "proxy")]
use crate::proxy::{Allow, Proxy, Ways};
/// Without the feature there is no way out, and nothing that could be one.
#[cfg(not(feature = "proxy"))]
#[derive(Debug)]
enum Proxy {}

/// What stands; falls on drop, in this order.
#[derive(Debug)]
pub(crate) struct Ground {
    identity: Option<Identity>,
    _lent: Option<Lent>,
    devices: Option<Devices>,
    proxy: Option<Proxy>,
    private: Private,
}

impl Ground {
    /// Makes the private folder and what the fence needs beside it.
    pub(crate) fn prepare(spec: &Spec, name: &str) -> Result<Self, Stop> {
        let private = Private::create(&spec.scratch, name)?;
        if spec.kind != Kind::Bubblewrap {
            home::furnish(&private.home(), &spec.readable)?;
        }
        let root = rustix::process::geteuid().is_root();
        let lent = if root && spec.kind == Kind::Landlock {
            let (identity, lent) = lend(spec, &private)?;
            (Some(identity), Some(lent))
        } else {
            (None, None)
        };
        let devices = if root && spec.kind == Kind::Bubblewrap {
            Some(Devices::create(&private.root, private.name()).map_err(refused)?)
        } else {
            None
        };
        let proxy = proxy(spec, &private)?;
        Ok(Self { identity: lent.0, _lent: lent.1, devices, proxy, private })
    }

    /// Hosts reached and hosts refused.
    #[cfg(feature = "proxy")]
    pub(crate) fn hosts(&self) -> (Vec<String>, Vec<String>) {
        self.proxy.as_ref().map(Proxy::asked).unwrap_or_default()
    }

    /// Hosts reached and hosts refused.
    #[cfg(not(feature = "proxy"))]
    pub(crate) fn hosts(&self) -> (Vec<String>, Vec<String>) {
        (Vec::new(), Vec::new())
    }

    /// Writes the orders of the stages; gives the file for the first.
    pub(crate) fn orders(&self, order: &Order, group: Option<&Group>) -> Result<PathBuf, Stop> {
        let spec = &order.spec;
        let inner = self.private.put("order", &json(&self.inner(spec, group.is_none())))?;
        let program = if spec.kind == Kind::Bubblewrap {
            let bwrap = system::bwrap(order.launcher.bwrap.as_deref())
                .ok_or_else(|| Stop::Refused("the program bwrap is not installed".into()))?;
            self.etc()?;
            let folder = self.private.proxy();
            let prepared = bubblewrap::Prepared {
                bwrap: &bwrap,
                launcher: &order.launcher.program,
                order: &inner,
                etc: &self.private.etc(),
                home: &self.private.home(),
                temporary: &self.private.temporary(),
                devices: self.devices.as_ref(),
                proxy: self.proxy.as_ref().map(|_| folder.as_path()),
            };
            bubblewrap::arguments(spec, &prepared)
        } else {
            let verb = crate::launch::VERB.into();
            vec!["/proc/self/exe".into(), verb, "exec".into(), inner.into()]
        };
        let enter = Enter {
            doors: group.map(Group::doors).unwrap_or_default(),
            cpu_seconds: spec.limits.cpu.as_secs().saturating_add(1),
            file_bytes: spec.limits.file_bytes,
            program,
        };
        Ok(self.private.put("enter", &json(&enter))?)
    }

    /// `alone` says that no control group bounds the command.
    fn inner(&self, spec: &Spec, alone: bool) -> Inner {
        let own = [spec.tree.clone(), self.private.home(), self.private.temporary()];
        let landlock = (spec.kind == Kind::Landlock).then(|| landlock::Rules {
            readable: spec.readable.clone(),
            writable: own.into_iter().chain(spec.writable.iter().cloned()).collect(),
        });
        // In a user namespace the kernel counts those inside; elsewhere all that the user has.
        let others = || match spec.kind {
            Kind::Bubblewrap => 0,
            _ => kin::threads_of(rustix::process::getuid().as_raw()),
        };
        let landlocked = spec.kind == Kind::Landlock;
        let policy = seccomp::Policy {
            internet: self.proxy.is_some(),
            shared_user: landlocked,
            metadata: match self.identity {
                None if landlocked => spec.metadata,
                _ => Metadata::Any,
            },
            unaccounted: alone,
        };
        Inner {
            command: spec.command.clone(),
            cwd: spec.cwd.clone().unwrap_or_else(|| spec.tree.clone()),
            env: self.variables(spec),
            processes: alone.then(|| spec.limits.processes.saturating_add(others())),
            data_bytes: alone.then_some(spec.limits.memory_bytes),
            identity: self.identity,
            landlock,
            seccomp: (spec.kind != Kind::None).then_some(policy),
            proxy: self.proxy.as_ref().map(|_| Path::new(bubblewrap::PROXY).join("socket")),
        }
    }

    fn variables(&self, spec: &Spec) -> std::collections::BTreeMap<OsString, OsString> {
        let mut all = spec.env.clone();
        let mut default = |key: &str, value: OsString| {
            all.entry(key.into()).or_insert(value);
        };
        default("HOME", self.private.home().into());
        default("TMPDIR", self.private.temporary().into());
        default("PATH", system::PATH.into());
        default("LANG", "C.UTF-8".into());
        default("LOGNAME", "agent".into());
        default("USER", "agent".into());
        #[cfg(feature = "proxy")]
        if let Some(proxy) = &self.proxy {
            let url = format!("http://127.0.0.1:{}", proxy.port);
            for key in ["HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"] {
                default(key, url.clone().into());
            }
            // The listed services of the user's own machine are at their own ports inside. Some
            // clients want `[::1]` here too, but others do not start when they read that.
            for key in ["NO_PROXY", "no_proxy"] {
                default(key, "localhost,127.0.0.1,::1".into());
            }
            default("NODE_USE_ENV_PROXY", "1".into());
        }
        all.insert(sweep::MARK.into(), self.private.name().into());
        all
    }

    /// The files of `/etc` that name users and hosts, made up.
    fn etc(&self) -> io::Result<()> {
        let uid = rustix::process::geteuid().as_raw();
        let gid = rustix::process::getegid().as_raw();
        let home = self.private.home();
        let home = home.to_string_lossy();
        let nobody = "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n";
        let passwd = format!("agent:x:{uid}:{gid}:agent:{home}:/bin/sh\n{nobody}");
        let group = format!("agent:x:{gid}:\nnogroup:x:65534:\n");
        for (name, text) in [
            ("passwd", passwd.as_str()),
            ("group", &group),
            ("hosts", "127.0.0.1 localhost sandbox\n::1 localhost\n"),
            ("resolv.conf", ""),
            ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"),
        ] {
            self.private.put(&format!("etc/{name}"), text.as_bytes())?;
        }
        Ok(())
    }
}

/// As root under Landlock: a user of its own, and the folders it may change lent to it.
fn lend(spec: &Spec, private: &Private) -> Result<(Identity, Lent), Stop> {
    let (home, temporary) = (private.home(), private.temporary());
    let mut folders = vec![spec.tree.as_path(), &home, &temporary];
    folders.extend(spec.writable.iter().map(PathBuf::as_path));
    // Listed folders may lie in each other; the outermost carries the rest.
    let all = folders.clone();
    folders.retain(|dir| !all.iter().any(|other| other != dir && dir.starts_with(other)));
    private.passable()?;
    let readable = spec.readable.iter().map(PathBuf::as_path);
    let reached: Vec<&Path> = folders.iter().copied().chain(readable).collect();
    let identity = identity::fresh(&reached).map_err(refused)?;
    Ok((identity, identity.lend(&folders)?))
}

/// Starts the proxy where hosts are listed and can be confined to it.
#[cfg(feature = "proxy")]
fn proxy(spec: &Spec, private: &Private) -> Result<Option<Proxy>, Stop> {
    if spec.hosts.is_empty() || spec.kind == Kind::None {
        return Ok(None);
    }
    if spec.kind != Kind::Bubblewrap {
        return Err(Stop::Refused("listed hosts are reached under bubblewrap only".into()));
    }
    let no = |refusal: crate::proxy::Refusal| Stop::Refused(refusal.to_string());
    let allow = Allow::parse(&spec.hosts).map_err(no)?;
    let ways = Ways::of(&allow).map_err(no)?;
    std::fs::create_dir(private.proxy())?;
    private.put(&format!("proxy/{}", Ways::FILE), &json(&ways))?;
    Ok(Some(Proxy::start(&private.proxy(), allow, ways.proxy)?))
}

/// Without the feature, listed hosts are refused.
#[cfg(not(feature = "proxy"))]
fn proxy(spec: &Spec, _: &Private) -> Result<Option<Proxy>, Stop> {
    if spec.hosts.is_empty() || spec.kind == Kind::None {
        return Ok(None);
    }
    Err(Stop::Refused("listed hosts need the proxy, which this build leaves out".into()))
}

fn refused(error: io::Error) -> Stop {
    Stop::Refused(error.to_string())
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("an order is plain data")
}
