//! Rectangles that meet and that miss each other.

use leadforge_visual_diff::Area;

const A: Area = Area { x: 10, y: 20, width: 30, height: 40 };

#[test]
fn edges_belong_to_the_left_and_the_top() {
    assert!(A.contains(10, 20) && A.contains(39, 59));
    assert!(!A.contains(9, 20) && !A.contains(40, 20) && !A.contains(10, 60));
}

#[test]
fn two_areas_around_and_overlapping() {
    let b = Area { x: 35, y: 0, width: 10, height: 30 };
    assert_eq!(A.around(&b), Area { x: 10, y: 0, width: 35, height: 60 });
    assert_eq!(A.overlap(&b), Some(Area { x: 35, y: 20, width: 5, height: 10 }));
    assert_eq!(A.overlap(&Area { x: 40, ..A }), None);
}

#[test]
fn the_largest_areas_do_not_wrap() {
    let all = Area { x: 1, y: 1, width: u32::MAX, height: u32::MAX };
    assert_eq!((all.right(), all.bottom()), (u32::MAX, u32::MAX));
    assert_eq!(all.overlap(&A), Some(A));
}
