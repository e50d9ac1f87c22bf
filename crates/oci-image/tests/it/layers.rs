//! What remains where one layer lies upon the other.

use crate::make::{Tar, World, squash};

/// The visible paths of layers with their layer, and what of their bytes is hidden.
fn remains(layers: &[Tar]) -> (Vec<String>, u64) {
    let layers: Vec<Vec<u8>> = layers.iter().map(|tar| tar.clone().end()).collect();
    let world = World::new();
    let (paths, total, visible) = squash(&world.docker(&layers)).expect("a sound image");
    (paths, total - visible)
}

fn tar() -> Tar {
    Tar::default()
}

#[track_caller]
fn check(layers: &[Tar], paths: &[&str], hidden: u64) {
    let (found, bytes) = remains(layers);
    assert_eq!((found, bytes), (paths.iter().map(|p| (*p).to_owned()).collect(), hidden));
}

#[test]
fn a_later_file_replaces_an_earlier_one() {
    let layers = [tar().file("a", "12345").file("b", "1"), tar().file("./a", "123")];
    check(&layers, &["a 1", "b 0"], 5);
}

#[test]
fn the_same_path_twice_in_a_layer_is_the_last_one() {
    check(&[tar().file("a", "12345").file("a", "123")], &["a 0"], 5);
}

#[test]
fn a_whiteout_hides_a_file_and_a_folder_of_lower_layers() {
    let layers = [
        tar().folder("d/").file("d/a", "123").file("d/e/b", "1234").file("c", "1"),
        tar().file("d/.wh.e", "").file(".wh.c", ""),
    ];
    check(&layers, &["d 0", "d/a 0"], 5);
}

#[test]
fn a_whiteout_hides_nothing_of_its_own_layer_wherever_it_stands() {
    let first = tar().file("d/old", "123").file("f", "12");
    let before = tar().file(".wh.d", "").file("d/new", "1").file(".wh.f", "").file("f", "1");
    let behind = tar().file("d/new", "1").file(".wh.d", "").file("f", "1").file(".wh.f", "");
    for second in [before, behind] {
        check(&[first.clone(), second], &["d 1", "d/new 1", "f 1"], 5);
    }
}

#[test]
fn an_opaque_folder_hides_what_lower_layers_have_in_it_wherever_it_stands() {
    let first = tar().folder("d").file("d/old", "123").file("d/s/t", "12").file("x", "1");
    let before = tar().file("d/.wh..wh..opq", "").file("d/new", "1").file("d/s/u", "1");
    let behind = tar().file("d/new", "1").file("d/s/u", "1").file("d/.wh..wh..opq", "");
    for second in [before, behind] {
        check(&[first.clone(), second], &["d 0", "d/new 1", "d/s 1", "d/s/u 1", "x 0"], 5);
    }
}

#[test]
fn what_a_layer_hid_may_come_back_in_a_later_one() {
    let layers = [tar().file("a", "1"), tar().file(".wh.a", ""), tar().file("a", "123")];
    check(&layers, &["a 2"], 1);
}

#[test]
fn a_folder_whose_parent_became_a_file_is_gone() {
    let layers = [tar().file("a/b/c", "123").file("a/d", "1"), tar().file("a", "12")];
    check(&layers, &["a 1"], 4);
}

#[test]
fn a_file_whose_path_became_a_folder_is_gone() {
    let layers = [tar().file("a", "123"), tar().file("a/b", "12")];
    check(&layers, &["a 1", "a/b 1"], 3);
    let layers = [tar().file("a", "123"), tar().folder("a")];
    check(&layers, &["a 1"], 3);
}

#[test]
fn a_path_through_a_linked_folder_leads_into_the_folder() {
    let layers = [
        tar().folder("usr/lib").link("lib", "usr/lib").link("l", "/lib/").file("usr/lib/x", "12"),
        tar().file("lib/x", "123").file("l/.wh.y", "").file("l/z", "1"),
    ];
    check(&layers, &["l 0", "lib 0", "usr 0", "usr/lib 0", "usr/lib/x 1", "usr/lib/z 1"], 2);
}

#[test]
fn a_folder_that_replaces_a_link_is_a_folder_of_its_own() {
    let layers = [
        tar().file("usr/lib/x", "12").link("lib", "usr/lib"),
        tar().folder("lib").file("lib/x", "123"),
    ];
    check(&layers, &["lib 1", "lib/x 1", "usr 0", "usr/lib 0", "usr/lib/x 0"], 0);
}

#[test]
fn links_never_lead_above_the_root() {
    let layers = [tar().link("up", "../../../etc").file("up/passwd", "123")];
    check(&layers, &["etc 0", "etc/passwd 0", "up 0"], 0);
}

#[test]
fn what_a_link_leads_through_and_back_is_neither_made_nor_replaced() {
    let layers = [
        tar().file("a", "12345").link("c", "a/../b").link("d", "none/../b"),
        tar().file("c/x", "1").file("d/y", "1"),
    ];
    check(&layers, &["a 0", "b 1", "b/x 1", "b/y 1", "c 0", "d 0"], 0);
}

#[test]
fn a_hard_link_keeps_the_content_of_a_lower_layer() {
    let first = tar().file("a", "12345");
    let linked = tar().hard("b", "a");
    check(&[first.clone(), linked.clone()], &["a 0", "b 1"], 0);
    let hidden = tar().file(".wh.a", "");
    check(&[first.clone(), linked.clone(), hidden.clone()], &["b 1"], 0);
    let both = hidden.file(".wh.b", "");
    check(&[first.clone(), linked.clone(), both], &[], 5);
    check(&[first, linked, tar().file("a", "1")], &["a 2", "b 1"], 0);
}

#[test]
fn a_hard_link_may_take_the_place_of_its_own_target() {
    let layers = [tar().file("a", "12345").hard("a", "a"), tar().hard("./a", "/a")];
    check(&layers, &["a 0"], 0);
}

#[test]
fn a_hard_link_replaces_what_has_its_name() {
    let layers = [tar().file("a", "12345").file("b", "123"), tar().hard("b", "a")];
    check(&layers, &["a 0", "b 1"], 3);
    let layers = [tar().file("d/a", "12345").hard("e", "d/a"), tar().hard("d", "d/a")];
    check(&layers, &["d 1", "e 0"], 0);
}

#[test]
fn names_may_be_absolute_as_some_builders_write_them() {
    check(&[tar().folder("/").file("/ko-app/app", "12")], &["ko-app 0", "ko-app/app 0"], 0);
}

#[test]
fn what_file_systems_of_old_left_behind_means_nothing() {
    check(&[tar().folder(".wh..wh.plnk").file("d/.wh..wh.aufs", "")], &[], 0);
}

#[test]
fn opaque_folders_inside_each_other_and_again() {
    let layers = [
        tar().file("a/b/c/x", "1").file("a/b/y", "12").file("a/z", "123"),
        tar().file("a/b/.wh..wh..opq", "").file("a/.wh..wh..opq", "").file("a/b/.wh..wh..opq", ""),
    ];
    check(&layers, &["a 0"], 6);
    let root =
        [tar().file("a/b", "1").file("c", "12"), tar().file(".wh..wh..opq", "").file("d", "")];
    check(&root, &["d 1"], 3);
}
