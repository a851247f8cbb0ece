namespace Edgewise.Instrumentation.Flow.StackTypes;

/// <summary>What a call does to the stack.</summary>
/// <param name="Parameters">Number of parameters, the instance left out.</param>
/// <param name="HasThis">An instance comes before them.</param>
/// <param name="Returned">Type of the result; <see cref="ElementCode.Void"/> for none.</param>
internal readonly record struct CallShape(int Parameters, bool HasThis, int Returned)
{
    /// <summary>Values that a call takes.</summary>
    public int Arguments => Parameters + (HasThis ? 1 : 0);
}
