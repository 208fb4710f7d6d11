/// Lets confined commands talk to some hosts and no others: a proxy that they reach through a socket in the file
/// system.
@NullMarked
package dev.fettle.tools.network;

import org.jspecify.annotations.NullMarked;
