/// What shells and manual pages are told of the command line, from its own description.
@NullMarked
package dev.fettle.cli.manual;

import org.jspecify.annotations.NullMarked;
