//! Whom the frames of a window point to, and whether that is enough.

use super::{Claim, Confirmed, FRAMES, Refusal, Vote, Window};
use crate::distance::median;

/// Share of frames that must point to a claimed person.
const CLAIMED_SHARE: f32 = 0.6;
/// Share of frames that must point to one person when anybody may stand there.
const OPEN_SHARE: f32 = 0.8;
/// Best score over the second best, at most: it takes enrolled people's faces for each other from 0.18 to 0.00 % and
/// strangers from 1.2 to 0.45 % with twenty people.
const MARGIN: f32 = 0.94;

impl Window {
    /// The person whom the latest frames confirm, or why they confirm nobody, with whom they are nearest to.
    pub(super) fn best_candidate(&self) -> Result<Confirmed, (Refusal, Option<Confirmed>)> {
        let candidates = self.candidates();
        let by_score = |a: &&Confirmed, b: &&Confirmed| a.score.total_cmp(&b.score);
        let best = match self.claim {
            Claim::Anyone => candidates.iter().min_by(by_score),
            Claim::Person(label) => candidates.iter().find(|candidate| candidate.label == label),
            Claim::AnyoneBut(label) => candidates
                .iter()
                .filter(|candidate| candidate.label != label)
                .min_by(by_score),
        };
        let Some(best) = best.copied() else {
            return Err((Refusal::NobodyEnrolled, None));
        };
        let (threshold, share) = match self.claim {
            Claim::Person(_) => (self.gallery.claimed_threshold(best.label), CLAIMED_SHARE),
            Claim::Anyone | Claim::AnyoneBut(_) => {
                (self.gallery.open_threshold(best.label), OPEN_SHARE)
            }
        };
        let best = Confirmed {
            threshold: threshold.unwrap_or_default(),
            ..best
        };
        let second = candidates
            .iter()
            .filter(|other| other.label != best.label)
            .map(|other| other.score)
            .fold(f32::INFINITY, f32::min);
        let open = !matches!(self.claim, Claim::Person(_));
        if best.score >= best.threshold {
            Err((Refusal::NotKnown, Some(best)))
        } else if best.agreeing_share < share {
            Err((Refusal::NotAgreeing, Some(best)))
        } else if open && best.score > MARGIN * second {
            Err((Refusal::TwoAlike, Some(best)))
        } else {
            Ok(best)
        }
    }

    /// Every enrolled person with the median score and the share of frames that were nearest to them.
    fn candidates(&self) -> Vec<Confirmed> {
        let skipped = self.votes.len().saturating_sub(FRAMES);
        let latest: Vec<&Vote> = self.votes.iter().skip(skipped).collect();
        let nearest: Vec<Option<i32>> = latest
            .iter()
            .map(|vote| {
                let nearest = vote
                    .scores
                    .iter()
                    .min_by(|a, b| a.distance.total_cmp(&b.distance));
                nearest.map(|score| score.label)
            })
            .collect();
        let frames = latest.len();
        let candidate = |(place, label): (usize, i32)| {
            let scores: Vec<f32> = latest
                .iter()
                .map(|vote| vote.scores[place].relative)
                .collect();
            let agreeing = nearest.iter().filter(|n| **n == Some(label)).count();
            Confirmed {
                label,
                score: median(&scores),
                threshold: 0.0,
                agreeing_share: agreeing as f32 / frames.max(1) as f32,
                frames,
                act: None,
            }
        };
        self.gallery.labels().enumerate().map(candidate).collect()
    }
}
