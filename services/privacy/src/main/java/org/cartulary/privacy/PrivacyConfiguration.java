package org.cartulary.privacy;

import java.time.Duration;
import java.util.List;
import org.cartulary.platform.database.Database;
import org.cartulary.platform.database.Databases;
import org.cartulary.platform.jobs.Job;
import org.cartulary.platform.jobs.Jobs;
import org.cartulary.platform.privacy.MasterKey;
import org.cartulary.platform.privacy.PersonalData;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the privacy service. */
@Configuration(proxyBeanMethods = false)
public class PrivacyConfiguration {

    private static final Duration ROTATION_EVERY = Duration.ofSeconds(10);
    private static final Duration REWRAPPING_EVERY = Duration.ofSeconds(30);

    @Bean
    SubjectKeysEndpoint subjectKeysEndpoint(Databases databases, MasterKey master, PersonalData personalData) {
        Database database = open(databases);
        new KeepingIndexRoot(database, master).requireReadable();
        return new SubjectKeysEndpoint(database, master, personalData);
    }

    @Bean
    KeyRotationsController keyRotationsController(Databases databases, MasterKey master) {
        return new KeyRotationsController(new RotatingKeys(open(databases), master));
    }

    @Bean
    Jobs privacyJobs(Databases databases, MasterKey master) {
        Database database = open(databases);
        return new Jobs(
                database,
                List.of(
                        new Job("rotate-keys", ROTATION_EVERY, new RotatingKeys(database, master)::run),
                        new Job("rewrap-keys", REWRAPPING_EVERY, new RewrappingKeys(database, master)::run)));
    }

    private static Database open(Databases databases) {
        return databases.open("privacy");
    }
}
