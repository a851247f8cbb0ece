namespace Edgewise.Kernel;

/// <summary>The kernel cannot be traced as asked, or a file about it cannot be used. The message says what to do.</summary>
public sealed class KernelException : Exception
{
    /// <summary>Makes the exception.</summary>
    public KernelException(string message) : base(message) { }

    /// <summary>Makes the exception with the failure that led to it.</summary>
    public KernelException(string message, Exception inner) : base(message, inner) { }
}
