/// Commands for whoever looks after an installation: its database, its users and keys, its queue.
@NullMarked
package dev.fettle.cli.admin;

import org.jspecify.annotations.NullMarked;
