package org.cartulary.tests.support;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Leaves out what {@link HoldsThePlatform} where the platform is somebody else's. */
final class OwnPlatformCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (JourneyTarget.dataDirectory().isEmpty()) {
            return ConditionEvaluationResult.enabled("the platform is ours");
        }
        return AnnotationSupport.findAnnotation(context.getElement(), HoldsThePlatform.class)
                .map(holds -> ConditionEvaluationResult.disabled(holds.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("it can happen on any platform"));
    }
}
