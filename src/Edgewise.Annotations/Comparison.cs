namespace Edgewise.Annotations;

/// <summary>The comparison of a numeric property.</summary>
public enum Comparison
{
    /// <summary>Left is greater than right.</summary>
    GreaterThan,

    /// <summary>Left is greater than or equal to right.</summary>
    GreaterThanOrEqualTo,

    /// <summary>Left is less than right.</summary>
    LessThan,

    /// <summary>Left is less than or equal to right.</summary>
    LessThanOrEqualTo,
}
