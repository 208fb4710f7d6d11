/// Requests made from an API's own description, and answers held to it.
@NullMarked
package dev.fettle.testkit.openapi;

import org.jspecify.annotations.NullMarked;
