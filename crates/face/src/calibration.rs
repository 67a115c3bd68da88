//! What a stranger's distance is here, and the thresholds: set on the enrolled people themselves.

use crate::distance::Probe;
use crate::gallery::Person;

/// Distance of strangers to templates of one light, when only one person is enrolled and nobody can be compared:
/// 207.7, 207.5, 207.1, 207.0, 207.2 (± 7.5) on five data sets. It belongs to exactly the parameters of
/// [`crate::PIPELINE_VERSION`].
const STRANGER_DISTANCE: f32 = 207.5;
/// Threshold of somebody who is enrolled alone: 4.5 % of own frames refused, no stranger accepted.
const ALONE: f32 = 0.86;
/// Threshold for people with templates of two lights, and for everybody when no badge says who it is: 0.8–2.2 % refused,
/// at most 0.25 % of strangers accepted, with two or more people enrolled.
const TWO_LIGHTS: f32 = 0.90;
/// Threshold for a claimed person with one light only: the low end of what transfers between five data sets at 1 %.
const ONE_LIGHT: f32 = 0.92;
/// So much below the first percentile of what enrolled people score against somebody lies that person's own threshold:
/// enrolled people are about 0.015 farther than real strangers.
const BELOW_IMPOSTORS: f32 = 0.01;
/// With fewer other people their percentile says nothing.
const OTHERS_FOR_OWN_THRESHOLD: usize = 3;
/// Enrolled frames that are compared with everybody; more are taken evenly. The means and percentiles need no more, and a
/// hundred people with twenty templates each would take half a minute.
const MOST_PROBES: usize = 160;

/// The stranger's mean distance and each person's thresholds.
pub(crate) struct Calibration {
    stranger_distance: f32,
    claimed: Vec<f32>,
    open: Vec<f32>,
}

impl Calibration {
    /// What a stranger's distance would be for a face whose distances to `others` other people sum up to `sum`: their
    /// mean, with one average stranger among them. With one or two others the plain mean is worse than no
    /// comparison; with the stranger blended in, the formula is nearly the better of both for any number of people.
    pub fn stranger(&self, sum: f32, others: usize) -> f32 {
        (sum + self.stranger_distance) / (others + 1) as f32
    }

    /// Threshold of the person at this place, when it is known who is meant.
    pub fn claimed(&self, place: usize) -> f32 {
        self.claimed[place]
    }

    /// Threshold of the person at this place among all.
    pub fn open(&self, place: usize) -> f32 {
        self.open[place]
    }
}

/// Compares the enrolled people with each other.
pub(crate) fn calibrate(people: &[Person]) -> Calibration {
    let rows = distances(people);
    let stranger_distance = mean_of_others(&rows).unwrap_or(STRANGER_DISTANCE);
    let own = own_limits(people.len(), &rows, stranger_distance);
    let limited = |base: f32, place: usize| {
        if people.len() == 1 {
            ALONE
        } else {
            base.min(own[place])
        }
    };
    let claimed = |place: usize| {
        let base = if people[place].in_two_lights() {
            TWO_LIGHTS
        } else {
            ONE_LIGHT
        };
        limited(base, place)
    };
    Calibration {
        stranger_distance,
        claimed: (0..people.len()).map(claimed).collect(),
        open: (0..people.len())
            .map(|place| limited(TWO_LIGHTS, place))
            .collect(),
    }
}

/// Whose enrolled frame it is, and its distance to everybody.
type Row = (usize, Vec<f32>);

fn distances(people: &[Person]) -> Vec<Row> {
    if people.len() < 2 {
        return Vec::new();
    }
    let frames: Vec<_> = people
        .iter()
        .enumerate()
        .flat_map(|(place, person)| {
            person
                .templates
                .iter()
                .map(move |template| (place, template))
        })
        .collect();
    let step = frames.len().div_ceil(MOST_PROBES).max(1);
    frames
        .iter()
        .step_by(step)
        .map(|(place, template)| {
            let probe = Probe::new(&template.counts);
            (
                *place,
                people
                    .iter()
                    .map(|person| person.distance(&probe))
                    .collect(),
            )
        })
        .collect()
}

/// Mean distance of enrolled frames to the other people: the average stranger of this camera and light.
fn mean_of_others(rows: &[Row]) -> Option<f32> {
    let others = || {
        rows.iter().flat_map(|(own, row)| {
            row.iter()
                .enumerate()
                .filter(move |(place, _)| place != own)
                .map(|(_, distance)| *distance)
        })
    };
    let count = others().count();
    (count > 0).then(|| others().sum::<f32>() / count as f32)
}

/// For each person the limit that the others' enrolled frames leave, or no limit while there are few others.
fn own_limits(people: usize, rows: &[Row], stranger_distance: f32) -> Vec<f32> {
    if people <= OTHERS_FOR_OWN_THRESHOLD {
        return vec![f32::INFINITY; people];
    }
    (0..people)
        .map(|person| {
            let mut scores: Vec<f32> = rows
                .iter()
                .filter(|(own, _)| *own != person)
                .map(|(own, row)| {
                    // Neither the frame's owner nor the person may stand for the strangers.
                    let sum: f32 = row.iter().sum::<f32>() - row[*own] - row[person];
                    row[person] / ((sum + stranger_distance) / (people - 1) as f32)
                })
                .collect();
            scores.sort_by(f32::total_cmp);
            scores
                .get(scores.len() / 100)
                .map_or(f32::INFINITY, |lowest| lowest - BELOW_IMPOSTORS)
        })
        .collect()
}
