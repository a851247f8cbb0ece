using System.Runtime.CompilerServices;
using Edgewise.Annotations;

namespace Puzzles.Classic;

/// <summary>Chains of calls.</summary>
public static class Calls
{
    private const int LongInput = 2048;

    private static readonly Action[] First = [.. Enumerable.Repeat<Action>(Nothing, 256)];
    private static readonly Action[] Table = new Action[256];
    private static volatile int _one = 1;

    /// <summary>Each call through a table puts the next one there, under another letter; that they run is hidden by calling them often before.</summary>
    [FuzzTarget("CallerCalleeTest")]
    public static void Chain(ReadOnlySpan<byte> input)
    {
        if (input.Length < 4)
        {
            return;
        }

        for (int i = 0; i < 200; i++)
        {
            AfterC();
            AfterB();
            AfterA();
        }

        First.CopyTo(Table, 0);
        Table['a'] = AfterA;
        Table[input[0]]();
        Table[input[1]]();
        Table[input[2]]();
        Table[input[3]]();
    }

    /// <summary>A few bytes of a long input, behind a chain of methods.</summary>
    [FuzzTarget("OnlySomeBytesTest")]
    public static void Few(ReadOnlySpan<byte> input)
    {
        if (input.Length >= LongInput)
        {
            LookForA(input);
        }
    }

    private static void Nothing()
    {
    }

    private static void AfterA() => Table['b'] = AfterB;

    private static void AfterB() => Table['c'] = AfterC;

    private static void AfterC() => Table['d'] = Solve;

    private static void Solve() => throw new PuzzleSolvedException();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LookForA(ReadOnlySpan<byte> input)
    {
        if (input[0] == 'A')
        {
            LookForB(input);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LookForB(ReadOnlySpan<byte> input)
    {
        if (input[1] == 'B')
        {
            LookForC(input);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LookForC(ReadOnlySpan<byte> input)
    {
        if (input[2] == 'C')
        {
            PassOn(input);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PassOn(ReadOnlySpan<byte> input) => LookForNumber(input);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void LookForNumber(ReadOnlySpan<byte> input)
    {
        if (Integers.Number(input[5], input[7], input[9]) == Integers.Number((byte)'F', (byte)'U', (byte)'Z'))
        {
            // Branches that nothing reaches, so that this method looks as if much were to be found in it.
            if (_one == -1)
            {
                _one = _one switch { 2 or 3 or 4 or 5 or 6 or 7 or 8 or 9 or 0 => 1, _ => _one };
            }

            Bad();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Bad()
    {
        if (_one == 1)
        {
            throw new PuzzleSolvedException();
        }
    }
}
