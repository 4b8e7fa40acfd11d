//! R094.

use crate::checker::Context;
use crate::finding::Finding;

rule! {
    /// A source that nobody can look up: neither an address nor what it says.
    ///
    /// "The protocol" is a source as long as its number is known or its words stand in the file. A title alone sends the next reader searching.
    ///
    /// # Bad
    ///
    /// ```toml
    /// [[source]]
    /// id = "trial"
    /// title = "Paper"
    /// # no says
    /// # no url
    /// ```
    ///
    /// # Good
    ///
    /// ```toml
    /// [[source]]
    /// id = "trial"
    /// title = "A trial"
    /// says = "70 mg/m2 on day 1 of 14"
    /// ```
    SOURCE_LOST, "source-not-findable", Warn, check
}

fn check(context: &Context, findings: &mut Vec<Finding>) {
    for source in &context.definition.source {
        let blank = |at: &crate::format::definition::At<String>| at.value.trim().is_empty();
        let told = [&source.url, &source.says].into_iter().flatten().any(|at| !blank(at));
        let numbered =
            context.definition.regimen.as_ref().is_some_and(|head| head.protocol.is_some() || head.trial.is_some());
        let titled = source.title.as_ref().is_none_or(|title| title.value.split(' ').count() > 1);
        if !told && !numbered && !titled {
            let finding = RULE
                .finding("this source has no address and no words, and its title names nothing")
                .at(source.span.clone(), "cannot be looked up");
            findings.push(finding.help("add `url`, or `says` with its words, or the protocol's number in [regimen]"));
        }
    }
}
