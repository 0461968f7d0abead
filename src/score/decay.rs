//! Exponential decay without floats: native and wasm give the same bits.

/// One, in the fixed point everything here uses (Q30).
pub(crate) const ONE: i64 = 1 << 30;
/// Segments a half-life is divided into; between them the curve is a straight line.
const SEGMENTS: i64 = 32;
/// A half-life of more than four years is one of four years.
const LONGEST: i64 = 1 << 37;
/// After this many half-lives nothing is left.
pub(super) const GONE: i64 = 16;

/// `2^(30 - i/32)`, rounded: one half-life. Between two entries the error of the line is below a
/// tenth of a permille.
#[rustfmt::skip]
const HALF_LIFE: [i64; 33] = [
    1_073_741_824, 1_050_733_751, 1_028_218_693, 1_006_186_087, 984_625_594, 963_527_098,
    942_880_699, 922_676_710, 902_905_651, 883_558_244, 864_625_413, 846_098_274,
    827_968_132, 810_226_483, 792_865_000, 775_875_538, 759_250_125, 742_980_960,
    727_060_411, 711_481_005, 696_235_434, 681_316_545, 666_717_336, 652_430_958,
    638_450_708, 624_770_026, 611_382_493, 598_281_827, 585_461_881, 572_916_640,
    560_640_218, 548_626_854, 536_870_912,
];

/// What is left of one after `age_ms`, in Q30. A half-life of 0 means: gone at once.
#[must_use]
pub(crate) fn left(age_ms: i64, half_life_ms: i64) -> i64 {
    if age_ms <= 0 {
        return ONE;
    }
    let half_life_ms = half_life_ms.min(LONGEST);
    if half_life_ms <= 0 || age_ms / half_life_ms >= GONE {
        return 0;
    }
    let halvings = age_ms / half_life_ms;
    let within = (age_ms % half_life_ms).saturating_mul(SEGMENTS);
    let segment = within / half_life_ms;
    let at = |i: i64| usize::try_from(i).ok().and_then(|i| HALF_LIFE.get(i)).copied().unwrap_or(0);
    let (from, to) = (at(segment), at(segment + 1));
    let fraction = within % half_life_ms;
    // A segment is less than 2^25 high and a fraction less than 2^37: their product fits.
    (from - (from - to) * fraction / half_life_ms) >> halvings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_left_after_a_half_life_and_nothing_after_sixteen() {
        assert_eq!(left(0, 1000), ONE);
        assert_eq!(left(1000, 1000), ONE / 2);
        assert_eq!(left(2000, 1000), ONE / 4);
        assert_eq!(left(16_000, 1000), 0);
        assert_eq!(left(5, 0), 0);
    }

    #[test]
    fn it_never_rises() {
        let mut last = ONE;
        for age in 0..20_000 {
            let now = left(age, 1000);
            assert!(now <= last, "rose at {age}");
            last = now;
        }
    }
}
