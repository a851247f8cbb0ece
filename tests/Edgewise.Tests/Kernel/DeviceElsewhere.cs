using Edgewise.Kernel.Device;
using Edgewise.Kernel.Device.Platform;

namespace Edgewise.Tests.Kernel;

/// <summary>Recorded answers for a device of another path. The command opens it once before all, to see whether it can; that is not among the recorded calls.</summary>
internal sealed class DeviceElsewhere(IKernelCalls calls, string path) : IKernelCalls
{
    private const int First = 1000;

    private bool _wasTried;

    public int Open(string asked)
    {
        Assert.Equal(path, asked);
        if (_wasTried)
        {
            return calls.Open(KcovDevice.DefaultPath);
        }

        _wasTried = true;
        return First;
    }

    public int Control(int descriptor, ulong request, ulong argument) => calls.Control(descriptor, request, argument);

    public int Control(int descriptor, ulong request, ReadOnlySpan<byte> argument) => calls.Control(descriptor, request, argument);

    public long Map(int descriptor, long offset, long length, bool isWritable) => calls.Map(descriptor, offset, length, isWritable);

    public int Unmap(long address, long length) => calls.Unmap(address, length);

    public int Close(int descriptor) => descriptor == First ? 0 : calls.Close(descriptor);
}
