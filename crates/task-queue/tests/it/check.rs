//! A database that SQLite still reads, and that is wrong in itself.

use leadforge_task_queue::Store;

use crate::help::{Checkout, World, file, request};

#[test]
fn what_is_wrong_inside_is_told() {
    let (checkout, world) = (Checkout::new(), World::new());
    checkout.write("pending/a.md", file(""));
    let store = Store::open(&checkout.state()).expect("a store");
    let ask = request(&world, "s");
    store.ready(&checkout.root(), 1, &ask, &world.now(), true).expect("it is indexed");
    assert_eq!(store.check().expect("it reads"), [""; 0]);
    drop(store);
    // The index is forgotten, and its pages are nobody's.
    let connection = rusqlite::Connection::open(checkout.state().join("queue.db")).expect("opens");
    connection.execute_batch("PRAGMA writable_schema = ON").expect("set");
    let forgotten = connection.execute("DELETE FROM sqlite_schema WHERE name = 'ready'", []);
    assert_eq!(forgotten, Ok(1));
    drop(connection);
    let store = Store::open(&checkout.state()).expect("a store");
    let found = store.check().expect("it reads").join("\n");
    assert!(found.contains("never used"), "{found:?} {:?}", store.set_aside());
    assert_eq!(store.set_aside(), []);
}
