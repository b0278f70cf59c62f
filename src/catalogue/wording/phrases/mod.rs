//! Every phrase of the papers with the placeholders it is filled with: the program's side of `templates/wording`.
//!
//! A phrase is one line here and one line in each wording file. The name of an argument is the name of its
//! placeholder, so that a phrase cannot be filled with something it does not know.

mod month;
mod others;

/// One phrase that a wording must have.
pub(super) struct Expected {
    /// The table it stands in.
    pub(super) section: &'static str,
    /// Its key there.
    pub(super) key: &'static str,
    /// Its placeholders, each of which it must use.
    pub(super) slots: &'static [&'static str],
}

macro_rules! phrases {
    ($expected:ident; $($section:ident $Section:ident $doc:literal { $($key:ident($($slot:ident),*);)* })*) => {
        /// All phrases of this file, in the order of their declaration.
        pub(super) const $expected: &[Expected] = &[$($(Expected {
            section: stringify!($section),
            key: stringify!($key),
            slots: &[$(stringify!($slot)),*],
        },)*)*];

        impl Wording {
            $(#[doc = $doc]
            #[must_use]
            pub fn $section(&self) -> $Section<'_> {
                $Section(self)
            })*
        }

        $(#[doc = $doc]
        #[derive(Debug, Clone, Copy)]
        pub struct $Section<'a>(&'a Wording);

        impl $Section<'_> {
            $(#[doc = concat!("`", stringify!($section), ".", stringify!($key), "` of the wording.")]
            #[must_use]
            pub fn $key(self $(, $slot: impl Display)*) -> Said {
                self.0.say(
                    concat!(stringify!($section), ".", stringify!($key)),
                    &[$((stringify!($slot), &$slot as &dyn Display)),*],
                )
            })*
        })*
    };
}

use phrases;

pub use month::{
    Changes, Charts, Columns, Communes, Decide, District, Hands, Hard, Matrix, Offices, Overview, Paper, PlanForm,
    Receipts, Reconcile, Reminders, Unmet, Words,
};
pub use others::{
    Annex, Boundaries, Brief, Data, FormWords, Months, Problems, Returned, Roadmap, Sheets, Supplement, TrendWords,
};

/// All phrases, in the order of their declaration.
pub(super) fn expected() -> impl Iterator<Item = &'static Expected> {
    month::MONTH.iter().chain(others::OTHERS)
}
