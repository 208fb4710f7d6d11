/// The commands that follow a workflow: what they tell the agent, and what they make of its report.
@NullMarked
package dev.fettle.cli.workflow;

import org.jspecify.annotations.NullMarked;
