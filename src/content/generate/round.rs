//! Turning points about the middle of a map, in whole numbers: the same on every machine.

/// A whole turn, hundredths of a degree.
pub(super) const TURN: i64 = 36_000;
/// What a sine of one is.
const ONE: i64 = 10_000;

/// A point, chart units from the middle.
pub(super) type Point = (i64, i64);

/// Sines of whole degrees of a quarter turn, ten-thousandths.
const SINES: [i64; 91] = [
    0, 175, 349, 523, 698, 872, 1045, 1219, 1392, 1564, 1736, 1908, 2079, 2250, 2419, 2588, 2756,
    2924, 3090, 3256, 3420, 3584, 3746, 3907, 4067, 4226, 4384, 4540, 4695, 4848, 5000, 5150, 5299,
    5446, 5592, 5736, 5878, 6018, 6157, 6293, 6428, 6561, 6691, 6820, 6947, 7071, 7193, 7314, 7431,
    7547, 7660, 7771, 7880, 7986, 8090, 8192, 8290, 8387, 8480, 8572, 8660, 8746, 8829, 8910, 8988,
    9063, 9135, 9205, 9272, 9336, 9397, 9455, 9511, 9563, 9613, 9659, 9703, 9744, 9781, 9816, 9848,
    9877, 9903, 9925, 9945, 9962, 9976, 9986, 9994, 9998, 10000,
];

/// Ten-thousandths.
pub(super) fn sine(angle: i64) -> i64 {
    let angle = angle.rem_euclid(TURN);
    if angle >= TURN / 2 {
        return -sine(angle - TURN / 2);
    }
    let angle = angle.min(TURN / 2 - angle);
    let whole = usize::try_from(angle / 100).unwrap_or(0);
    let of = |degree: usize| SINES.get(degree).copied().unwrap_or(ONE);
    of(whole) + (of(whole + 1) - of(whole)) * (angle % 100) / 100
}

/// Ten-thousandths.
pub(super) fn cosine(angle: i64) -> i64 {
    sine(angle + TURN / 4)
}

/// The point so far from the middle, in this direction.
pub(super) fn at(radius: i64, angle: i64) -> Point {
    (
        rounded(radius * cosine(angle)),
        rounded(radius * sine(angle)),
    )
}

/// A point turned about the middle.
pub(super) fn turned(point: Point, angle: i64) -> Point {
    let (sine, cosine) = (sine(angle), cosine(angle));
    (
        rounded(point.0 * cosine - point.1 * sine),
        rounded(point.0 * sine + point.1 * cosine),
    )
}

/// Straight from one to the other.
pub(super) fn apart(a: Point, b: Point) -> i64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx * dx + dy * dy).isqrt()
}

/// To the nearest, a half away from zero: so that what is turned by half a turn is the very opposite.
fn rounded(scaled: i64) -> i64 {
    (scaled.abs() + ONE / 2) / ONE * scaled.signum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_and_halves_are_exact() {
        assert_eq!(turned((17, -43), TURN / 2), (-17, 43));
        assert_eq!(turned((17, -43), TURN / 4), (43, 17));
        assert_eq!((sine(3000), cosine(6000), sine(-9000)), (5000, 5000, -ONE));
    }
}
