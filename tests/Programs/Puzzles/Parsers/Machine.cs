using System.Buffers.Binary;
using Edgewise.Annotations;

namespace Puzzles.Parsers;

/// <summary>A machine with a stack, whose program must leave one number in one register.</summary>
public static class Machine
{
    private const int Registers = 8;
    private const int MostDepth = 16;

    /// <summary>Runs a program.</summary>
    [FuzzTarget("parser-machine")]
    public static void Run(ReadOnlySpan<byte> program)
    {
        Span<int> stack = stackalloc int[MostDepth];
        Span<int> registers = stackalloc int[Registers];
        registers.Clear();
        int depth = 0;
        bool isMultiplied = false;
        while (!program.IsEmpty)
        {
            byte instruction = program[0];
            program = program[1..];
            switch (instruction)
            {
                case 0x10 when program.Length >= 2 && depth < MostDepth:
                    stack[depth++] = BinaryPrimitives.ReadInt16LittleEndian(program);
                    program = program[2..];
                    break;
                case 0x21 when depth >= 2:
                    stack[depth - 2] += stack[depth - 1];
                    depth--;
                    break;
                case 0x22 when depth >= 2:
                    stack[depth - 2] *= stack[depth - 1];
                    depth--;
                    isMultiplied = true;
                    break;
                case >= 0x30 and < 0x30 + Registers when depth >= 1:
                    registers[instruction - 0x30] = stack[--depth];
                    break;
                case 0x7F:
                    if (isMultiplied && registers[5] == 31_415)
                    {
                        throw new PuzzleSolvedException();
                    }

                    return;
                default:
                    return;
            }
        }
    }
}
