/// Users and their keys.
@NullMarked
package dev.fettle.server.api.account;

import org.jspecify.annotations.NullMarked;
