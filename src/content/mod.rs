//! Content: RON files in, a checked and typed catalogue out.
//!
//! Three shapes: the file schema (one to one with the RON), the catalogue (`Rules`, `Scenario`:
//! typed keys, exact integers, every reference known to exist), and the components of the
//! simulation, which hold keys and the state of one thing only.

mod about;
pub mod assist;
mod base;
mod bench;
mod campaign;
mod catalog;
mod change;
pub mod chronicle;
pub mod cookbook;
mod copied;
mod course;
mod deed;
mod diagnostic;
mod draft;
mod edit;
mod embed;
mod expand;
mod fingerprint;
pub mod generate;
mod guide;
mod key;
mod kind;
mod layers;
mod looks;
mod made;
mod mend;
mod meter;
mod migrate;
mod modifier;
mod pact;
mod pile;
mod reach;
pub mod reference;
pub mod ron;
mod rules;
mod scenario;
mod schema;
mod settle;
mod site;
mod stack;
mod trial;
mod validate;
mod verdict;

pub use about::About;
pub use base::Base;
pub use bench::{Bench, Played};
pub use campaign::*;
pub use catalog::{Catalog, ModStatus, Overlap, check, check_layer};
pub use copied::{copied, copied_campaign};
pub use course::*;
pub use deed::*;
pub use diagnostic::*;
pub use embed::SHIPPED;
pub use fingerprint::fingerprint;
pub use guide::*;
pub use key::Key;
pub use layers::{Layer, LayerError, LayerFile};
pub use looks::*;
pub use mend::{Change, Mended, mend};
pub use meter::*;
pub use migrate::SCHEMA;
pub use modifier::{Adds, Modifier, Part, SourceKind, Stat, Sum, Total, When};
pub use pact::Pact;
pub use rules::*;
pub use scenario::*;
pub use settle::{asks_for, together};
pub use site::*;
pub use trial::*;
pub use verdict::*;
