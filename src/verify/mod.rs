//! The program checked against figures that others published.
