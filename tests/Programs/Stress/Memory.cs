using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stress;

/// <summary>Stack memory, pointers, data in the image, references to places, explicit layout.</summary>
public static unsafe class Memory
{
    private static readonly long[] Table = [1, 1L << 40, -5, 77, long.MaxValue, 3, 9, 27, 81];

    private static volatile int s_volatile = 3;

    private static ReadOnlySpan<int> Numbers => [10, 20, 30, 40, 50, -60, 70, 0x7FFFFFFF];

    private static ReadOnlySpan<double> Doubles => [0.5, 1.25, double.Epsilon, -3];

    private static ReadOnlySpan<byte> Text => "UTF-8 text with ü and 漢"u8;

    /// <summary>Runs the scenario.</summary>
    public static void Run(Report report)
    {
        report.Add($"stackalloc {StackAlloc(1)} {StackAlloc(100)} {StackAllocInLoop(report)}");
        report.Add($"data {SumOf(Numbers)} {Doubles[1] + Doubles[3]} {Text.Length} {Text[^1]} {Table.Sum(n => n % 1000)}");
        report.Add($"pointers {Pointers()}");
        report.Add($"layout {Layout()}");
        report.Add($"references {References()}");
        report.Add($"volatile {Volatile()}");
        report.Add($"unaligned {Unaligned()}");
        report.Add($"function pointers {FunctionPointers(report)}");
        report.Add($"spans {Spans("key=value; other = thing ;empty=;=none")}");
        report.Add($"fixed {Fixed([1, 2, 3, 4])} {Fixed([])}");
        report.Add($"accessor {Accessor()}");
        report.Add($"copies {Copies()}");
    }

    private static int StackAlloc(int count)
    {
        int* memory = stackalloc int[count];
        for (int i = 0; i < count; i++)
        {
            memory[i] = i * i;
        }

        Span<byte> small = count > 50 ? new byte[count] : stackalloc byte[64];
        small.Fill((byte)count);
        return memory[count - 1] + small[^1];
    }

    private static int StackAllocInLoop(Report report)
    {
        int sum = 0;
        for (int i = 1; i < 6; i++)
        {
            sum += StackAlloc(i * 11);
            try
            {
                Span<long> inner = stackalloc long[i];
                inner.Clear();
                inner[i / 2] = i;
                sum += (int)inner[i - 1 >> 1 << 1 >> 1];
            }
            finally
            {
                report.Mark($"{sum}");
            }
        }

        return sum;
    }

    private static int SumOf(ReadOnlySpan<int> numbers)
    {
        int sum = 0;
        foreach (int n in numbers)
        {
            sum = unchecked(sum + n);
        }

        return sum;
    }

    private static string Pointers()
    {
        byte* bytes = stackalloc byte[16];
        for (byte* p = bytes; p < bytes + 16; p++)
        {
            *p = (byte)(p - bytes);
        }

        short* shorts = (short*)bytes;
        long* longs = (long*)bytes;
        return $"{shorts[3]:x} {longs[1]:x} {*(int*)(bytes + 3):x} {sizeof(Overlay)}";
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Overlay
    {
        [FieldOffset(0)]
        public int Number;

        [FieldOffset(0)]
        public float Real;

        [FieldOffset(2)]
        public ushort Upper;

        [FieldOffset(8)]
        public object? Reference;
    }

    private static string Layout()
    {
        var overlay = new Overlay { Real = 1.5f, Reference = "held" };
        overlay.Number |= 1;
        return $"{overlay.Real:R} {overlay.Upper:x} {overlay.Reference}";
    }

    private static ref int Largest(int[] numbers)
    {
        ref int largest = ref numbers[0];
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] > largest)
            {
                largest = ref numbers[i];
            }
        }

        return ref largest;
    }

    private static string References()
    {
        int[] numbers = [3, 9, 4, 9, 1];
        Largest(numbers) = -1;
        Largest(numbers)++;
        (numbers[0], numbers[4]) = (numbers[4], numbers[0]);
        return string.Join(',', numbers);
    }

    private static int Volatile()
    {
        s_volatile += 4;
        return s_volatile > 5 ? s_volatile-- : ++s_volatile;
    }

    private static string Unaligned()
    {
        Span<byte> bytes = stackalloc byte[12];
        Unsafe.WriteUnaligned(ref bytes[1], 0x0102030405060708L);
        return $"{Unsafe.ReadUnaligned<int>(ref bytes[3]):x} {MemoryMarshal.Read<short>(bytes[5..]):x}";
    }

    private static int Add(int a, int b) => a + b;

    private static int Subtract(int a, int b) => a - b;

    private static int FunctionPointers(Report report)
    {
        delegate*<int, int, int>[] functions = [&Add, &Subtract];
        int value = 10;
        foreach (delegate*<int, int, int> function in functions)
        {
            value = function(value, 3) * 2;
            report.Mark(value > 20 ? "large" : "small");
        }

        return value;
    }

    private static string Spans(string text)
    {
        string found = "";
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf(';');
            ReadOnlySpan<char> part = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            int equals = part.IndexOf('=');
            found += equals <= 0 ? "?" : $"{part[..equals].Trim()}:{part[(equals + 1)..].Trim()},";
        }

        return found;
    }

    private static int Fixed(int[] numbers)
    {
        int sum = 0;
        fixed (int* start = numbers)
        {
            for (int* p = start; p != null && p < start + numbers.Length; p++)
            {
                sum += *p;
            }
        }

        return sum;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ToString")]
    private static extern string Hidden(Report report);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_text")]
    private static extern ref System.Text.StringBuilder TextOf(Report report);

    private static string Accessor()
    {
        var report = new Report();
        report.Mark("seen");
        return Hidden(report) + TextOf(report).Length;
    }

    private static string Copies()
    {
        byte* from = stackalloc byte[32];
        byte* to = stackalloc byte[32];
        Unsafe.InitBlock(from, 0xAB, 32);
        Unsafe.CopyBlock(to + 1, from, 30);
        decimal money = 12.50m;
        decimal copy = money;
        money += 1;
        return $"{to[0]:x} {to[30]:x} {money} {copy}";
    }
}
