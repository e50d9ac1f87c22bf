//! One Chromium: started behind its fence, spoken to over two pipes, ended with everything it started.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{WaitId, WaitIdOptions, waitid};
use serde_json::Value;

use super::error::{Error, quoted};

/// Bytes of standard error that are kept: the last ones.
const SAID: usize = 8 << 10;
/// How much of them goes into an error.
const QUOTED: usize = 600;
/// A message longer than this is no picture of a page.
const MESSAGE: u64 = 512 << 20;
/// How long the end of a process that was killed is waited for.
const END: Duration = Duration::from_secs(10);

/// A running Chromium.
#[derive(Debug)]
pub(super) struct Process {
    child: Arc<Mutex<Option<Child>>>,
    orders: Option<Sender<Vec<u8>>>,
    messages: Receiver<Value>,
    said: Arc<Mutex<VecDeque<u8>>>,
    status: Receiver<String>,
    /// Closed when its standard error was read to the end.
    drained: Receiver<()>,
    threads: Vec<JoinHandle<()>>,
}

struct Started {
    child: Arc<Mutex<Option<Child>>>,
    input: ChildStdin,
    output: ChildStdout,
    complaints: ChildStderr,
}

impl Process {
    /// Starts a command whose standard input and output are the two pipes.
    ///
    /// `wanted` says which events are of interest; a page can cause any number of the others.
    pub(super) fn start(command: Command, wanted: fn(&str) -> bool) -> Result<Self, Error> {
        let path = Path::new(command.get_program()).to_owned();
        let (report, started) = channel();
        let (ended, status) = channel();
        // bubblewrap ends when the *thread* that started it ends: this one lives as long as it does.
        let keeper = std::thread::spawn(move || keep(command, &report, &ended));
        let begun = started
            .recv()
            .unwrap_or_else(|_| Err(std::io::Error::other("the thread that starts it ended")));
        let Started { child, input, output, complaints } =
            begun.map_err(|source| Error::Start { path, source })?;
        let said = Arc::new(Mutex::new(VecDeque::new()));
        let (orders, inbox) = channel::<Vec<u8>>();
        let (outbox, messages) = channel();
        let kept = Arc::clone(&said);
        let (draining, drained) = channel();
        let threads = vec![
            keeper,
            std::thread::spawn(move || write(input, &inbox)),
            std::thread::spawn(move || read(output, &outbox, wanted)),
            std::thread::spawn(move || listen(complaints, &kept, draining)),
        ];
        Ok(Self { child, orders: Some(orders), messages, said, status, drained, threads })
    }

    /// Sends one message.
    pub(super) fn send(&self, message: &Value) {
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        // A process that is gone is noticed by who waits for the answer.
        let _ = self.orders.as_ref().map(|orders| orders.send(bytes));
    }

    /// The next message, or none until `until`.
    pub(super) fn receive(&self, until: Instant, doing: &str) -> Result<Option<Value>, Error> {
        match self.messages.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(message) => Ok(Some(message)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(self.died(doing)),
        }
    }

    /// What is known of its death; it is waited for, since its pipe closes before it ends.
    fn died(&self, doing: &str) -> Error {
        let status = self.status.recv_timeout(Duration::from_secs(2));
        let _ = self.drained.recv_timeout(Duration::from_secs(1));
        let said = self.said();
        if let Some(reason) = said.lines().find(|line| line.starts_with("bwrap: ")) {
            return Error::Fence {
                reason: format!("bubblewrap said: \"{}\"", quoted(reason, QUOTED)),
            };
        }
        let from = said.len().saturating_sub(QUOTED);
        let from = (from..said.len()).find(|at| said.is_char_boundary(*at)).unwrap_or(said.len());
        Error::Died {
            status: status.unwrap_or_else(|_| "its pipe is closed".to_owned()),
            doing: doing.to_owned(),
            said: quoted(said[from..].trim(), 2 * QUOTED),
        }
    }

    /// The end of what it wrote to its standard error.
    pub(super) fn said(&self) -> String {
        let kept = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&kept.iter().copied().collect::<Vec<_>>()).into_owned()
    }

    /// The process id on the outside; of the fence, where there is one.
    pub(super) fn id(&self) -> Option<u32> {
        let child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        child.as_ref().map(Child::id)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Its input closes: Chromium ends by itself, and when it does not within a moment, by force.
        drop(self.orders.take());
        if self.status.recv_timeout(Duration::from_millis(300)).is_err() {
            let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(child) = child.as_mut() {
                let _ = child.kill();
            }
        }
        let until = Instant::now() + END;
        for thread in self.threads.drain(..) {
            // The readers end when the last process that holds a pipe has ended.
            while !thread.is_finished() && Instant::now() < until {
                std::thread::sleep(Duration::from_millis(2));
            }
            if thread.is_finished() {
                let _ = thread.join();
            }
        }
    }
}

/// Starts the command and waits for its end, on one thread.
fn keep(mut command: Command, report: &Sender<std::io::Result<Started>>, ended: &Sender<String>) {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) => {
            let _ = report.send(Err(error));
            return;
        }
    };
    let pid = rustix::process::Pid::from_child(&child);
    let (Some(input), Some(output), Some(complaints)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return;
    };
    let child = Arc::new(Mutex::new(Some(child)));
    let shared = Arc::clone(&child);
    let _ = report.send(Ok(Started { child: shared, input, output, complaints }));
    // Looked at without taking it away, so that nobody kills a number that is somebody else's by now.
    while waitid(WaitId::Pid(pid), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT)
        .is_err_and(|error| error == rustix::io::Errno::INTR)
    {}
    let child = child.lock().unwrap_or_else(PoisonError::into_inner).take();
    let status = child.and_then(|mut child| child.wait().ok());
    let _ = ended.send(status.map_or_else(|| "unknown".to_owned(), |status| status.to_string()));
}

fn write(mut input: ChildStdin, inbox: &Receiver<Vec<u8>>) {
    while let Ok(bytes) = inbox.recv() {
        if input.write_all(&bytes).is_err() {
            break;
        }
    }
}

fn read(output: ChildStdout, outbox: &Sender<Value>, wanted: fn(&str) -> bool) {
    let mut output = BufReader::with_capacity(64 << 10, output);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        match output.by_ref().take(MESSAGE).read_until(0, &mut bytes) {
            Ok(count) if count > 0 && bytes.pop() == Some(0) => {}
            _ => return,
        }
        let Ok(message) = serde_json::from_slice::<Value>(&bytes) else { return };
        if message["method"].as_str().is_none_or(wanted) && outbox.send(message).is_err() {
            return;
        }
    }
}

fn listen(mut complaints: ChildStderr, kept: &Mutex<VecDeque<u8>>, draining: Sender<()>) {
    let mut buffer = [0; 4096];
    while let Ok(count @ 1..) = complaints.read(&mut buffer) {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.extend(&buffer[..count]);
        let over = kept.len().saturating_sub(SAID);
        kept.drain(..over);
    }
    drop(draining);
}
