"""A subject and the light -> the shadow and the reflection that it throws, and the shadow that its photograph holds."""
