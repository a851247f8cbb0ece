namespace Edgewise.IntegrationTests.Proof;

/// <summary>A callback class that counts what it is told by kind, and checks what can be checked of it.</summary>
public static unsafe class FlowCallbacks
{
    private const int AddressBits = 47;
    private const long LowestAddress = 0x1000;

    /// <summary>Calls by kind: divisions, indices, loads, stores, depths.</summary>
    public static long[] Calls { get; } = new long[5];

    /// <summary>Addresses that no process has.</summary>
    public static long WrongAddresses { get; private set; }

    public static void TraceDiv4(uint divisor, int site) => Calls[0]++;

    public static void TraceDiv8(ulong divisor, int site) => Calls[0]++;

    public static void TraceGep(nuint index, int site) => Calls[1]++;

    public static void Load1(void* address, int site) => Note(2, address);

    public static void Load2(void* address, int site) => Note(2, address);

    public static void Load4(void* address, int site) => Note(2, address);

    public static void Load8(void* address, int site) => Note(2, address);

    public static void Load16(void* address, int site) => Note(2, address);

    public static void Store1(void* address, int site) => Note(3, address);

    public static void Store2(void* address, int site) => Note(3, address);

    public static void Store4(void* address, int site) => Note(3, address);

    public static void Store8(void* address, int site) => Note(3, address);

    public static void Store16(void* address, int site) => Note(3, address);

    public static void StackDepth(nuint address) => Note(4, (void*)address);

    private static void Note(int kind, void* address)
    {
        Calls[kind]++;
        long number = (long)address;
        WrongAddresses += number >> AddressBits != 0 || number < LowestAddress ? 1 : 0;
    }
}
