/// What a turn can be for: the instructions of each kind, the report it must end with, and what proves the report.
@NullMarked
package dev.fettle.core.workflow;

import org.jspecify.annotations.NullMarked;
