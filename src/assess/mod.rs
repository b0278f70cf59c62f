//! From observations to status: items, criteria, communes, the unit.

pub mod reconcile;
