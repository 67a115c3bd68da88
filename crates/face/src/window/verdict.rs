//! What a window of frames says.

use crate::Act;

/// Who is said to stand there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// Nobody said: any enrolled person may be confirmed.
    Anyone,
    /// A badge says that it is this person.
    Person(i32),
    /// Any enrolled person but this one: who vouches for somebody is somebody else.
    AnyoneBut(i32),
}

/// What the frames so far say.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Too few good frames yet, or the act was not seen yet.
    Gathering {
        /// Share of the frames that a decision needs, 0 to 1.
        progress: f32,
        /// What the person should do now, until it was seen.
        asked: Option<Act>,
    },
    /// It is this person.
    Confirmed(Confirmed),
    /// It is nobody who may be confirmed. The next frame begins a new window.
    Refused(Refused),
}

/// A confirmation's figures, to be stored with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confirmed {
    /// The person.
    pub label: i32,
    /// Median score of the window; less is more alike.
    pub score: f32,
    /// The threshold that it had to stay below.
    pub threshold: f32,
    /// Share of frames that were nearest to this person.
    pub agreeing_share: f32,
    /// Frames of the window.
    pub frames: usize,
    /// What the person did to show that they live, if it was asked.
    pub act: Option<Act>,
}

/// A refusal's reason and figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Refused {
    /// Why.
    pub reason: Refusal,
    /// Median score of the nearest person, if anybody is enrolled.
    pub score: Option<f32>,
    /// That person: of a claim, the claimed one.
    pub label: Option<i32>,
}

/// Why a window was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Refusal {
    /// There are no templates to compare with.
    NobodyEnrolled,
    /// The claimed person has no templates.
    ClaimNotEnrolled,
    /// The face is not like enough.
    NotKnown,
    /// The frames do not point to one person.
    NotAgreeing,
    /// Two people are about as like.
    TwoAlike,
    /// The asked act was not seen in its time, or another face did it.
    NotLive,
}
