package dev.fettle.core.tool;

/// What a turn has come to, for programs: the typed result that a tool has taken from the model and checked.
///
/// @param workflow what it is the report of: `generate`
/// @param accepted whether nothing was found wrong with it; then the turn ends
/// @param summary for a person
/// @param stages JSON text: one field for each stage of the workflow
public record Report(String workflow, boolean accepted, String summary, String stages) {}
