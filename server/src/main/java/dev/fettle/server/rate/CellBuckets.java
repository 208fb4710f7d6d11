package dev.fettle.server.rate;

import dev.fettle.core.limit.SharedCells;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ClientSideConfig;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AbstractCompareAndSwapBasedProxyManager;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.AsyncCompareAndSwapOperation;
import io.github.bucket4j.distributed.proxy.generic.compare_and_swap.CompareAndSwapOperation;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Has Bucket4j keep its buckets in cells that processes share. A bucket is forgotten soon after it is full again.
final class CellBuckets extends AbstractCompareAndSwapBasedProxyManager<String> {
    /// Ten tries that others are faster at mean that the cells are crowded; then it is better to count alone.
    private static final int TRIES = 10;

    private static final ExpirationAfterWriteStrategy KEPT =
            ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofSeconds(10));

    private final SharedCells cells;
    private final ClockMeter meter;

    CellBuckets(SharedCells cells, InstantSource clock) {
        this(cells, new ClockMeter(clock));
    }

    private CellBuckets(SharedCells cells, ClockMeter meter) {
        super(ClientSideConfig.getDefault().withClientClock(meter).withMaxRetries(TRIES));
        this.cells = cells;
        this.meter = meter;
    }

    @Override
    protected CompareAndSwapOperation beginCompareAndSwapOperation(String key) {
        return new CompareAndSwapOperation() {
            @Override
            public Optional<byte[]> getStateData(Optional<Long> timeoutNanos) {
                return cells.get(key);
            }

            @Override
            public boolean compareAndSwap(
                    byte @Nullable [] originalData,
                    byte[] newData,
                    RemoteBucketState newState,
                    Optional<Long> timeoutNanos) {
                long kept = KEPT.calculateTimeToLiveMillis(newState, meter.currentTimeNanos());
                return cells.swap(
                        key, Optional.ofNullable(originalData), newData, Duration.ofMillis(Math.max(1, kept)));
            }
        };
    }

    /// Nobody removes a bucket; it is forgotten.
    @Override
    public void removeProxy(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected AsyncCompareAndSwapOperation beginAsyncCompareAndSwapOperation(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected CompletableFuture<Void> removeAsync(String key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isAsyncModeSupported() {
        return false;
    }

    @Override
    public boolean isExpireAfterWriteSupported() {
        return true;
    }
}
