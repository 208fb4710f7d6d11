/// The tool that runs commands.
@NullMarked
package dev.fettle.tools.shell;

import org.jspecify.annotations.NullMarked;
