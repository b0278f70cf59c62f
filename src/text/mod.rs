//! Vietnamese as clerks type it: forms, legacy encodings, numbers, dates.
