/// Archives from and for people who are not trusted: every entry of one is taken or the whole is refused.
@NullMarked
package dev.fettle.tools.archive;

import org.jspecify.annotations.NullMarked;
