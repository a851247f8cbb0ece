using System.Buffers.Binary;
using System.Text;

namespace Edgewise.Fuzzing.Afl;

/// <summary>
/// A program of Linux on x86-64 that does nothing but start another one, with arguments and variables before its own. AFL++'s tools look into the file of their
/// target for words that its compiler leaves; here they stand behind the code.
/// </summary>
/// <remarks>One segment at a fixed address: ELF header, program header, code, tables of pointers, texts (ELF-64, System V ABI for x86-64).</remarks>
public static class LauncherImage
{
    private const ulong Base = 0x400000;
    private const int HeaderSize = 64;
    private const int SegmentHeaderSize = 56;
    private const int CodeStart = HeaderSize + SegmentHeaderSize;

    // Where the code has the ends and starts of the two tables.
    private const int VariablesEnd = 44;
    private const int VariablesStart = 50;
    private const int ArgumentsEnd = 98;
    private const int ArgumentsStart = 104;

    /// <summary>What AFL++'s tools look for: an instrumented program, which stays alive between runs and starts its fork server itself.</summary>
    public static IReadOnlyList<string> Markers { get; } = ["__AFL_SHM_ID", "##SIG_AFL_PERSISTENT##", "##SIG_AFL_DEFER_FORKSRV##"];

    // execve(first argument of the table, table and own arguments, table and own variables); exit 127 where that fails.
    private static ReadOnlySpan<byte> Code =>
    [
        0x49, 0x89, 0xe0, // mov r8, rsp: number of arguments, arguments, 0, variables, 0
        0x49, 0x8b, 0x08, // mov rcx, [r8]
        0x4d, 0x8d, 0x4c, 0xc8, 0x10, // lea r9, [r8+rcx*8+16]: the variables
        0x4d, 0x89, 0xca, // mov r10, r9
        0x49, 0x83, 0x3a, 0x00, // cmp qword [r10], 0: looks for their end
        0x74, 0x06, // je +6
        0x49, 0x83, 0xc2, 0x08, // add r10, 8
        0xeb, 0xf4, // jmp -12
        0x6a, 0x00, // push 0: the new variables, from the last to the first
        0x4d, 0x39, 0xca, // cmp r10, r9
        0x74, 0x09, // je +9
        0x49, 0x83, 0xea, 0x08, // sub r10, 8
        0x41, 0xff, 0x32, // push qword [r10]
        0xeb, 0xf2, // jmp -14
        0x41, 0xba, 0, 0, 0, 0, // mov r10d, end of the table of variables
        0x41, 0xb9, 0, 0, 0, 0, // mov r9d, its start
        0x4d, 0x39, 0xca, 0x74, 0x09, 0x49, 0x83, 0xea, 0x08, 0x41, 0xff, 0x32, 0xeb, 0xf2, // pushes it, as above
        0x48, 0x89, 0xe2, // mov rdx, rsp
        0x6a, 0x00, // push 0: the new arguments
        0x4d, 0x8d, 0x54, 0xc8, 0x08, // lea r10, [r8+rcx*8+8]: the end of the arguments
        0x4d, 0x8d, 0x48, 0x10, // lea r9, [r8+16]: the first behind the name of the program
        0x4d, 0x39, 0xca, 0x76, 0x09, 0x49, 0x83, 0xea, 0x08, 0x41, 0xff, 0x32, 0xeb, 0xf2, // pushes them; none where the end is not behind the start
        0x41, 0xba, 0, 0, 0, 0, // mov r10d, end of the table of arguments
        0x41, 0xb9, 0, 0, 0, 0, // mov r9d, its start
        0x4d, 0x39, 0xca, 0x74, 0x09, 0x49, 0x83, 0xea, 0x08, 0x41, 0xff, 0x32, 0xeb, 0xf2, // pushes it
        0x48, 0x89, 0xe6, // mov rsi, rsp
        0x48, 0x8b, 0x3e, // mov rdi, [rsi]
        0xb8, 0x3b, 0x00, 0x00, 0x00, // mov eax, 59: execve
        0x0f, 0x05, // syscall
        0xbf, 0x7f, 0x00, 0x00, 0x00, // mov edi, 127
        0xb8, 0x3c, 0x00, 0x00, 0x00, // mov eax, 60: exit
        0x0f, 0x05, // syscall
    ];

    /// <summary>Makes the program.</summary>
    /// <param name="arguments">Full path of the program to start, and its first arguments.</param>
    /// <param name="variables">Variables that it gets, each <c>NAME=value</c>; they come before those of the same name.</param>
    /// <returns>The file's bytes.</returns>
    public static byte[] Make(IReadOnlyList<string> arguments, IReadOnlyList<string> variables)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(variables);
        int argumentTable = Aligned(CodeStart + Code.Length);
        int variableTable = argumentTable + (arguments.Count * sizeof(ulong));
        int texts = variableTable + (variables.Count * sizeof(ulong));
        var image = new byte[texts + arguments.Concat(variables).Concat(Markers).Sum(text => Encoding.UTF8.GetByteCount(text) + 1)];
        Code.CopyTo(image.AsSpan(CodeStart));
        Point(image, CodeStart + VariablesStart, variableTable);
        Point(image, CodeStart + VariablesEnd, texts);
        Point(image, CodeStart + ArgumentsStart, argumentTable);
        Point(image, CodeStart + ArgumentsEnd, variableTable);
        int table = argumentTable;
        foreach (string text in arguments.Concat(variables))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(table), Base + (ulong)texts);
            table += sizeof(ulong);
            texts += Encoding.UTF8.GetBytes(text, image.AsSpan(texts)) + 1;
        }

        foreach (string marker in Markers)
        {
            texts += Encoding.UTF8.GetBytes(marker, image.AsSpan(texts)) + 1;
        }

        WriteHeaders(image);
        return image;
    }

    private static int Aligned(int offset) => (offset + sizeof(ulong) - 1) & -sizeof(ulong);

    private static void Point(byte[] image, int place, int offset) =>
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(place), (uint)Base + (uint)offset);

    private static void WriteHeaders(byte[] image)
    {
        const byte Class64 = 2, LittleEndian = 1, Version = 1, LinuxAbi = 0;
        const ushort Executable = 2, MachineX64 = 62;
        const uint Load = 1, ReadAndExecute = 5;
        const ulong PageSize = 0x1000;
        ReadOnlySpan<byte> magic = [0x7f, (byte)'E', (byte)'L', (byte)'F', Class64, LittleEndian, Version, LinuxAbi];
        magic.CopyTo(image);
        Span<byte> header = image;
        BinaryPrimitives.WriteUInt16LittleEndian(header[16..], Executable);
        BinaryPrimitives.WriteUInt16LittleEndian(header[18..], MachineX64);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], Version);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], Base + CodeStart);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[52..], HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[54..], SegmentHeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header[56..], 1);

        Span<byte> segment = header[HeaderSize..];
        BinaryPrimitives.WriteUInt32LittleEndian(segment, Load);
        BinaryPrimitives.WriteUInt32LittleEndian(segment[4..], ReadAndExecute);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[16..], Base);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[24..], Base);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[32..], (ulong)image.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[40..], (ulong)image.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(segment[48..], PageSize);
    }
}
