namespace Edgewise.Kernel.Device;

/// <summary>kcov refused something.</summary>
public sealed class KcovException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="error">Number of the kernel's error.</param>
    /// <param name="message">What was refused, and what would do.</param>
    public KcovException(KcovFailure failure, int error, string message) : base(message)
    {
        Failure = failure;
        Error = error;
    }

    /// <summary>Why.</summary>
    public KcovFailure Failure { get; }

    /// <summary>Number of the kernel's error, as in <see cref="ErrorNumber"/>.</summary>
    public int Error { get; }
}
