using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Edgewise.Instrumentation.Il;
using Edgewise.Instrumentation.Image;
using Edgewise.Instrumentation.Redirections;

namespace Edgewise.Instrumentation.Passes;

/// <summary>Redirects a body's calls and delegates to other methods, or announces them.</summary>
/// <remarks>
/// A call, on an instance or not, becomes a call of a static method; so does a <c>newobj</c>. They are as long as what they replace, so they are written into
/// a copy of the code, and other passes see the body as it was. A delegate over an instance's method becomes one over a static method that is closed over the
/// instance, as C# makes them of extension methods; <c>ldvirtftn</c> takes an instance off the stack, for which a <c>pop</c> goes in front.
/// Left alone are: calls of a base class's constructor or virtual method, in which the target would come back; <c>constrained.</c> calls, whose instance is an
/// address of a type known at run time only; delegates over a structure's method, which are closed over a boxed copy. <c>tail.</c> stays: the target takes its
/// caller's place as the member would have.
/// </remarks>
internal sealed class RedirectPass(HolderRows holder, RedirectionTable table)
{
    private const int TokenSize = sizeof(int);
    private const byte Ldvirtftn = 0x07;
    private const byte Constrained = 0x16;

    private static readonly SearchValues<byte> Candidates = SearchValues.Create(
        [Opcode.Call, Opcode.Callvirt, Opcode.Newobj, OpcodeTable.TwoBytePrefix]);

    private readonly UsedMembers _members = new(holder.Metadata, table);
    private readonly TargetRows _targets = new(holder);
    private readonly HashSet<int> _taken = [];
    private byte[] _code = new byte[1024];
    private bool _isCopied;

    /// <summary>What became of the uses so far.</summary>
    public RedirectedSites Sites { get; } = new();

    /// <summary>True if an instruction of the last body was redirected.</summary>
    public bool IsRedirected(int offset) => _taken.Contains(offset);

    /// <summary>Redirects what a body uses.</summary>
    /// <param name="code">Its IL.</param>
    /// <param name="body">Its marks.</param>
    /// <param name="insertions">Gets what goes in front of instructions.</param>
    /// <param name="redirected">The IL with targets in place; of the same length, and good until the next body. The IL itself where nothing was replaced.</param>
    /// <returns>True if anything is redirected or announced.</returns>
    public bool Apply(ReadOnlySpan<byte> code, MethodBody body, BodyInsertions insertions, out ReadOnlySpan<byte> redirected)
    {
        _taken.Clear();
        _isCopied = false;
        redirected = code;
        bool any = false;
        for (int offset = 0; offset < code.Length; offset++)
        {
            int next = code[offset..].IndexOfAny(Candidates);
            if (next < 0)
            {
                break;
            }

            offset += next;
            if (TryFind(code, body, offset, out UsedMember? member))
            {
                any |= Apply(code, body, offset, member, insertions);
            }
        }

        if (_isCopied)
        {
            redirected = _code.AsSpan(0, code.Length);
        }

        return any;
    }

    private bool TryFind(ReadOnlySpan<byte> code, MethodBody body, int offset, [NotNullWhen(true)] out UsedMember? member)
    {
        member = null;
        if ((body.Marks[offset] & MethodBody.InstructionStart) == 0)
        {
            return false;
        }

        int operand = offset + 1;
        if (code[offset] == OpcodeTable.TwoBytePrefix)
        {
            if (code[operand++] is not (Opcode.LdftnSecond or Ldvirtftn))
            {
                return false;
            }
        }

        member = _members.Find(BinaryPrimitives.ReadInt32LittleEndian(code.Slice(operand, TokenSize)));
        return member is not null;
    }

    private bool Apply(ReadOnlySpan<byte> code, MethodBody body, int offset, UsedMember member, BodyInsertions insertions)
    {
        int start = FirstPrefix(body, offset);
        string? obstacle = member.Replacement is null ? null : Obstacle(code, body, offset, start, member);
        if (member.Replacement is not null && obstacle is null)
        {
            Replace(code, offset, member, insertions);
            Sites.CountRedirected(member.Name);
            return true;
        }

        if (member.Announcement is null)
        {
            Sites.CountLeftAlone(obstacle!, member.Name);
            return false;
        }

        ByteBuffer il = insertions.Begin(start);
        Emitter.Token(il, Opcode.Ldstr, _targets.Name(member));
        Emitter.Token(il, Opcode.Call, _targets.Announcement(member));
        insertions.End(stackDepth: 1);
        Sites.CountAnnounced(member.Name);
        return true;
    }

    private static string? Obstacle(ReadOnlySpan<byte> code, MethodBody body, int offset, int start, UsedMember member)
    {
        bool isDelegate = code[offset] == OpcodeTable.TwoBytePrefix;
        if (code[offset] == Opcode.Call && member.IsConstructor && !member.Replacement!.IsOnStructure)
        {
            return "base constructor";
        }

        if (code[offset] == Opcode.Call && member.Replacement!.IsVirtual)
        {
            return "base call";
        }

        if (IsConstrained(code, body, start, offset))
        {
            return "constrained call";
        }

        if (!isDelegate || !member.HasThis)
        {
            return null;
        }

        int next = offset + 2 + TokenSize;
        return member.Replacement!.IsOnStructure ? "delegate over a structure's method"
            : next >= code.Length || code[next] != Opcode.Newobj ? "pointer to an instance's method"
            : code[offset + 1] == Opcode.LdftnSecond && member.Replacement.IsVirtual ? "delegate over a base class's method"
            : null;
    }

    private void Replace(ReadOnlySpan<byte> code, int offset, UsedMember member, BodyInsertions insertions)
    {
        if (code[offset] == Opcode.Call && member.IsConstructor)
        {
            // Called on the address of what it makes, below its arguments.
            ByteBuffer il = insertions.Begin(offset, 1 + TokenSize);
            Emitter.Token(il, Opcode.Call, _targets.Replacement(member));
            Emitter.Token(il, Opcode.Stobj, _targets.TypeOf(member));
            insertions.End(stackDepth: 0);
            _taken.Add(offset);
            return;
        }

        if (!_isCopied)
        {
            _isCopied = true;
            if (_code.Length < code.Length)
            {
                _code = new byte[Math.Max(code.Length, _code.Length * 2)];
            }

            code.CopyTo(_code);
        }

        _taken.Add(offset);
        int operand = offset + 1;
        if (code[offset] != OpcodeTable.TwoBytePrefix)
        {
            _code[offset] = Opcode.Call;
        }
        else if (code[operand++] == Ldvirtftn)
        {
            insertions.Begin(offset).WriteByte(Opcode.Pop);
            insertions.End(stackDepth: 0);
            _code[offset + 1] = Opcode.LdftnSecond;
        }

        BinaryPrimitives.WriteInt32LittleEndian(_code.AsSpan(operand), _targets.Replacement(member));
    }

    private static int FirstPrefix(MethodBody body, int offset)
    {
        while (offset > 0 && (body.Marks[offset] & MethodBody.Glued) != 0)
        {
            do
            {
                offset--;
            }
            while ((body.Marks[offset] & MethodBody.InstructionStart) == 0);
        }

        return offset;
    }

    private static bool IsConstrained(ReadOnlySpan<byte> code, MethodBody body, int start, int offset)
    {
        for (; start < offset; start++)
        {
            if ((body.Marks[start] & MethodBody.InstructionStart) != 0 && code[start] == OpcodeTable.TwoBytePrefix && code[start + 1] == Constrained)
            {
                return true;
            }
        }

        return false;
    }
}
