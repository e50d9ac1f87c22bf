//! A server of a model on this machine, which keeps what it was sent and answers as it is told.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde_json::{Value, json};

/// One call, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Asked {
    /// The question, without its wrapping.
    pub(crate) fn prompt(&self) -> String {
        let body: Value = serde_json::from_str(&self.body).unwrap();
        body["messages"][0]["content"].as_str().unwrap().to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// What is said: the status, more headers, and the body.
pub(crate) type Reply = (u16, String, String);

/// A server, until it is dropped.
pub(crate) struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// An answer in which the model says this.
pub(crate) fn says(content: &str) -> Reply {
    let body = json!({"choices": [{"message": {"content": content}, "finish_reason": "stop"}]});
    (200, String::new(), body.to_string())
}

/// What stands at the end of a question.
pub(crate) fn token(prompt: &str) -> &str {
    prompt.trim_end().rsplit(' ').next().unwrap()
}

impl Server {
    pub(crate) fn new(answer: impl Fn(&Asked) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (asked, over): (Arc<Mutex<Vec<Asked>>>, Arc<AtomicBool>) = Default::default();
        let (kept, end) = (Arc::clone(&asked), Arc::clone(&over));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                serve(&mut stream.unwrap(), &kept, &answer);
            }
        });
        Self { address, asked, over, thread: Some(thread) }
    }

    /// One whose model answers with these findings, as JSON.
    pub(crate) fn finding(findings: Value) -> Self {
        Self::new(move |asked| {
            let prompt = asked.prompt();
            says(&json!({"read": token(&prompt), "findings": findings}).to_string())
        })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        // The listener is woken up to see it.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the server met what none takes");
        }
    }
}

fn serve(stream: &mut TcpStream, kept: &Mutex<Vec<Asked>>, answer: &dyn Fn(&Asked) -> Reply) {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|count| count == 1) {
        head.push(byte[0]);
    }
    if head.is_empty() {
        return;
    }
    let mut asked = Asked { head: String::from_utf8(head).unwrap(), body: String::new() };
    let length = asked.header("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    asked.body = String::from_utf8(body).unwrap();
    kept.lock().unwrap().push(asked.clone());
    let (status, headers, body) = answer(&asked);
    let length = body.len();
    let text = format!(
        "HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    // Whoever asked may have gone.
    let _ = stream.write_all(text.as_bytes());
}
