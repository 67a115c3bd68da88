//! Frames to a face, a face to a verdict. People are numbers here.
