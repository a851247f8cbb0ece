namespace Edgewise.Kernel.Device.Platform;

/// <summary>The five system calls that kcov takes. Tests put recorded answers of a kernel in their place.</summary>
/// <remarks>As in the kernel itself, an answer below zero is the negated number of an error.</remarks>
public interface IKernelCalls
{
    /// <summary>Opens a device for reading and writing; programs that are started later inherit it.</summary>
    /// <returns>A descriptor, or a negated error.</returns>
    int Open(string path);

    /// <summary>Asks the device for something, with a number.</summary>
    /// <returns>0, or a negated error.</returns>
    int Control(int descriptor, ulong request, ulong argument);

    /// <summary>Asks the device for something, with a structure.</summary>
    /// <returns>0, or a negated error.</returns>
    int Control(int descriptor, ulong request, ReadOnlySpan<byte> argument);

    /// <summary>Maps the device's memory, shared.</summary>
    /// <param name="descriptor">The device.</param>
    /// <param name="offset">Where in the device, in bytes.</param>
    /// <param name="length">How much, in bytes.</param>
    /// <param name="isWritable">False for a view that cannot be written.</param>
    /// <returns>An address, or a negated error.</returns>
    long Map(int descriptor, long offset, long length, bool isWritable);

    /// <summary>Takes a mapping away.</summary>
    /// <returns>0, or a negated error.</returns>
    int Unmap(long address, long length);

    /// <summary>Closes the device.</summary>
    /// <returns>0, or a negated error.</returns>
    int Close(int descriptor);
}
