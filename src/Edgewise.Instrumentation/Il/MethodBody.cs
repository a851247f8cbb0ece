namespace Edgewise.Instrumentation.Il;

/// <summary>A decoded method body: its header, where its instructions begin, its exception clauses. Reused from one method to the next.</summary>
/// <remarks>ECMA-335 II.25.4. All offsets are relative to the first IL byte, <see cref="CodeStart"/> in the file.</remarks>
internal sealed class MethodBody
{
    /// <summary>Set in <see cref="Marks"/> where an instruction begins.</summary>
    public const byte InstructionStart = 1;

    /// <summary>Set in <see cref="Marks"/> where a block begins.</summary>
    public const byte Leader = 2;

    /// <summary>Set in <see cref="Marks"/> where an instruction must stay right behind the one before.</summary>
    public const byte Glued = 8;

    /// <summary>Set in <see cref="Marks"/> at an instruction that can throw.</summary>
    public const byte MayThrow = 16;

    /// <summary>Position of the header in the file.</summary>
    public int HeaderStart { get; set; }

    /// <summary>Position of the first IL byte in the file.</summary>
    public int CodeStart { get; set; }

    /// <summary>Bytes of IL.</summary>
    public int CodeSize { get; set; }

    /// <summary>Bytes from the header's start to the end of the last section, without padding behind it.</summary>
    public int TotalSize { get; set; }

    /// <summary>Depth of the evaluation stack that the header declares (8 for a tiny one).</summary>
    public int MaxStack { get; set; }

    /// <summary>Token of the local-variable signature, or 0.</summary>
    public int LocalsToken { get; set; }

    /// <summary>Local variables are zeroed at entry.</summary>
    public bool InitLocals { get; set; }

    /// <summary>The header has the one-byte form.</summary>
    public bool IsTiny { get; set; }

    /// <summary>One byte of marks for every IL byte and one for the end of the body.</summary>
    public byte[] Marks { get; private set; } = new byte[1024];

    /// <summary>Offsets of the instructions that end a block: branches, switches, ends.</summary>
    public List<int> Terminators { get; } = [];

    /// <summary>Exception clauses in the order of the file, which the runtime depends on.</summary>
    public List<ExceptionClause> Clauses { get; } = [];

    /// <summary>The body calls another method, or runs a class constructor.</summary>
    public bool Calls { get; set; }

    /// <summary>The body has a <c>throw</c>.</summary>
    public bool Throws { get; set; }

    /// <summary>An exception may come out of the body, other than for a field of a null reference.</summary>
    public bool LetsExceptionsOut { get; set; }

    /// <summary>Makes the body ready for another method with this many bytes of IL.</summary>
    public void Begin(int codeSize)
    {
        CodeSize = codeSize;
        Calls = false;
        Throws = false;
        LetsExceptionsOut = false;
        Terminators.Clear();
        Clauses.Clear();
        if (Marks.Length <= codeSize)
        {
            Marks = new byte[Math.Max(codeSize + 1, Marks.Length * 2)];
        }
        else
        {
            Marks.AsSpan(0, codeSize + 1).Clear();
        }
    }
}
