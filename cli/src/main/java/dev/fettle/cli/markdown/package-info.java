/// What models write, as a terminal shows it: Markdown that is set while it arrives.
@NullMarked
package dev.fettle.cli.markdown;

import org.jspecify.annotations.NullMarked;
