package org.cartulary.platform.events;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class InProcessTransportDbTest extends EventTransportContract {

    @Override
    EventBus bus(SimpleMeterRegistry meters) {
        return new EventBus(json, meters);
    }
}
