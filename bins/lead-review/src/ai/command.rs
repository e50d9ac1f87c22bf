//! A command that asks a model: the question on standard input, the answer on standard output, and an end to all that it
//! started.

use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use leadforge_cli_kit::Interrupt;
use leadforge_review_rules::ai::Reviewer;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

/// A command, and within which bounds it runs.
pub(super) struct Program {
    /// The program and its arguments.
    pub(super) words: Vec<String>,
    /// Where it runs.
    pub(super) root: PathBuf,
    /// It takes no longer.
    pub(super) patience: Duration,
    /// More bytes than this are no answer.
    pub(super) most: usize,
    /// Whether somebody wants it to stop.
    pub(super) interrupt: Interrupt,
}

/// How often is looked whether it has ended, and whether somebody wants it to.
const PAUSE: Duration = Duration::from_millis(20);
/// Of what it says on standard error the last bytes are kept, and of those one line is told.
const KEPT: usize = 4 << 10;
const WORDS: usize = 200;

/// What its streams came to.
enum Said {
    Out(io::Result<Vec<u8>>),
    Err(Vec<u8>),
}

impl Reviewer for Program {
    fn answer(&self, prompt: &str) -> Result<Vec<u8>, String> {
        let (program, arguments) = self.words.split_first().ok_or("the command has no word")?;
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root).process_group(0);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|error| format!("it cannot be run: {error}"))?;
        let mut started = Started { child, over: false };
        let said = started.streams(prompt, self.most);
        self.attend(&mut started, &said)
    }
}

impl Program {
    /// Waits for the answer and the end, whichever comes last; all that was started has ended then.
    fn attend(&self, started: &mut Started, said: &Receiver<Said>) -> Result<Vec<u8>, String> {
        let end = Instant::now() + self.patience;
        let (mut ended, mut out, mut err) = (None, None, None::<Vec<u8>>);
        loop {
            if ended.is_none() {
                ended = started.ended()?;
            }
            if let (Some(status), true, Some(err)) = (ended, out.is_some(), &err) {
                return judged(status, out.unwrap_or_default(), err);
            }
            if self.interrupt.raised() {
                return Err("interrupted".to_owned());
            }
            if Instant::now() >= end {
                let seconds = self.patience.as_secs();
                return Err(format!(
                    "no answer within {seconds} s: what was started for it was ended"
                ));
            }
            match said.recv_timeout(PAUSE) {
                Ok(Said::Out(Ok(bytes))) if bytes.len() > self.most => {
                    return Err(format!("the answer has more than {} bytes", self.most));
                }
                Ok(Said::Out(Ok(bytes))) => out = Some(bytes),
                Ok(Said::Out(Err(error))) => {
                    return Err(format!("the answer cannot be read: {error}"));
                }
                Ok(Said::Err(bytes)) => err = Some(bytes),
                Err(RecvTimeoutError::Timeout) => {}
                // Both streams are closed, and it still runs.
                Err(RecvTimeoutError::Disconnected) => thread::sleep(PAUSE),
            }
        }
    }
}

/// The answer of a program that ended well.
fn judged(status: ExitStatus, out: Vec<u8>, err: &[u8]) -> Result<Vec<u8>, String> {
    if status.success() {
        return Ok(out);
    }
    let text = String::from_utf8_lossy(err);
    let last = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    let last: String = last.chars().filter(|letter| !letter.is_control()).take(WORDS).collect();
    let more = if last.is_empty() { String::new() } else { format!(": {last}") };
    Err(format!("it ended with {status}{more}"))
}

/// A program that runs in a group of its own; dropped, the group is ended.
struct Started {
    child: Child,
    /// It was waited for: its number may be somebody else's by now.
    over: bool,
}

impl Started {
    /// Gives the question and reads both streams, each in a thread that nobody has to wait for.
    fn streams(&mut self, prompt: &str, most: usize) -> Receiver<Said> {
        let (send, receive) = mpsc::channel();
        let child = &mut self.child;
        let mut input = child.stdin.take().expect("it was piped");
        let prompt = prompt.to_owned();
        // Whoever does not read all of the question cannot repeat what stands at its end.
        thread::spawn(move || drop(input.write_all(prompt.as_bytes())));
        let (out, mut err) = (
            child.stdout.take().expect("it was piped"),
            child.stderr.take().expect("it was piped"),
        );
        let told = send.clone();
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = out.take(most as u64 + 1).read_to_end(&mut bytes);
            drop(told.send(Said::Out(read.map(|_| bytes))));
        });
        thread::spawn(move || drop(send.send(Said::Err(last(&mut err)))));
        receive
    }

    /// How it ended, if it has; whatever it left running is ended first, so that it cannot keep the streams open.
    fn ended(&mut self) -> Result<Option<ExitStatus>, String> {
        let failed = |error: io::Error| format!("its end cannot be waited for: {error}");
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let state = waitid(WaitId::Pid(self.pid()), options);
        match state.map_err(|error| failed(error.into()))? {
            None => Ok(None),
            Some(_) => {
                // Not yet waited for, its number is still its group's and nobody else's.
                self.end_group();
                self.over = true;
                self.child.wait().map(Some).map_err(failed)
            }
        }
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    fn end_group(&self) {
        let _ = kill_process_group(self.pid(), Signal::KILL);
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        if !self.over {
            self.end_group();
            drop(self.child.wait());
        }
    }
}

/// The last bytes of a stream.
fn last(stream: &mut dyn Read) -> Vec<u8> {
    let (mut kept, mut buffer) = (Vec::new(), [0; KEPT]);
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        kept.extend_from_slice(&buffer[..count]);
        let extra = kept.len().saturating_sub(KEPT);
        kept.drain(..extra);
    }
    kept
}
