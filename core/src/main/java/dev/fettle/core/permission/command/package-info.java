/// What a command line is made of, and which of its commands really runs.
@NullMarked
package dev.fettle.core.permission.command;

import org.jspecify.annotations.NullMarked;
