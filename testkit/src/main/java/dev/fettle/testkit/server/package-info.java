/// A model API on loopback that speaks the real wire formats, checks what it is sent and fails on command.
@NullMarked
package dev.fettle.testkit.server;

import org.jspecify.annotations.NullMarked;
