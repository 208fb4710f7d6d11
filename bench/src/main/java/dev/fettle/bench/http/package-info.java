/// What the HTTP service bears.
@NullMarked
package dev.fettle.bench.http;

import org.jspecify.annotations.NullMarked;
