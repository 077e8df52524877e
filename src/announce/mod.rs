//! Change notifications: `WebSub` pings for feeds and `IndexNow` submissions for pages.
//!
//! In: the URLs that were added, changed and removed, as `build --changes` and `deploy --changes` write them. Out: the
//! answer of each service. Requests are sent only by the command `announce`, never by a build or a deployment.
//! Deliberately not here: the comparison that finds the changed URLs.

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
