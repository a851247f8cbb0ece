namespace Edgewise.Tests.Instrumentation.Comparisons;

/// <summary>A user's callbacks: write down what they get, per thread.</summary>
public static unsafe class RecordedCompares
{
    [ThreadStatic]
    private static List<string>? _seen;

    /// <summary>What this thread saw since it last asked.</summary>
    public static IReadOnlyList<string> Take()
    {
        List<string> seen = _seen ?? [];
        _seen = null;
        return seen;
    }

    /// <summary>A comparison of bytes.</summary>
    public static void TraceCompareBytes(byte* left, int leftLength, byte* right, int rightLength, int site) => (_seen ??= []).Add(
        $"bytes {Convert.ToHexString(new ReadOnlySpan<byte>(left, leftLength))}|{Convert.ToHexString(new ReadOnlySpan<byte>(right, rightLength))}");

    /// <summary>A comparison of characters.</summary>
    public static void TraceCompareChars(char* left, int leftLength, char* right, int rightLength, int site) => (_seen ??= []).Add(
        $"chars {new ReadOnlySpan<char>(left, leftLength)}|{new ReadOnlySpan<char>(right, rightLength)}");
}
