//! Fifty pushes through the real poster: nothing is repeated and nothing is lost.

use crate::host::{Host, State};
use crate::post::{push, with};

#[test]
fn fifty_pushes_repeat_nothing_and_lose_nothing() {
    let mut code: Vec<String> =
        (0..8).map(|n| format!("def f{n}():\n    eval('x{}')\n    done({n})\n", n / 2)).collect();
    let mut path = "src/a.py".to_owned();
    let mut other = "def other():\n    eval('y')\n".to_owned();
    let repo = with(&[]);
    let host = Host::new(State { page: 5, ..State::new() });
    let mut wanted = 9;
    for number in 0..50 {
        match number % 8 {
            _ if number == 0 => {}
            0 => code.insert(0, format!("# note {number}\n")),
            1 => {
                let last = code.pop().unwrap();
                code.insert(1, last);
            }
            2 => path = format!("src/moved{number}.py"),
            3 => other = format!("# {number}\n{other}"),
            // A formatter went over it.
            4 => code.iter_mut().for_each(|part| *part = part.replace("eval('", "eval( '")),
            5 => {
                code.push(format!("def g{number}():\n    eval('g{number}')\n"));
                wanted += 1;
            }
            // Somebody else's commit came below it.
            6 => {
                repo.git(&["checkout", "-q", "main"]);
                repo.write("README.md", &format!("# A {number}\n"));
                repo.commit();
                repo.git(&["checkout", "-q", "work"]);
                repo.git(&["rebase", "-q", "main"]);
            }
            _ => code.iter_mut().for_each(|part| *part = part.replace("    done", "\n    done")),
        }
        push(&repo, &[(&path, &code.concat()), ("src/other.py", &other)]);
        repo.review(&host);
        let answer = repo.post(&host, &[]);
        assert_eq!(answer.code, 0, "push {number}: {}{}", answer.out, answer.err);
        assert_eq!(answer.told().len(), wanted, "push {number}");
        host.state(|state| {
            assert_eq!(state.threads.len(), wanted, "push {number}: repeated");
            assert_eq!(state.markers().len(), wanted, "push {number}: lost");
            assert!(state.threads.iter().all(|thread| !thread.resolved), "push {number}");
            assert_eq!(state.summaries().len(), 1);
        });
    }
}
