//! The world is told that the site has changed.
//!
//! In: addresses that were added, changed and removed, as `build --changes` and `deploy --changes` write them. Out: what
//! each of those who were told answered. Nobody is told anything unless a desk asks for it. Deliberately not here: what
//! has changed.

mod answers;
mod changed;
mod indexnow;
mod post;
mod websub;

use answers::refused;
pub use answers::{Answers, Told};
pub use changed::Changed;
pub use indexnow::indexnow;
pub use websub::websub;
